"""What a party is identified by, and how each number is checked."""

import re
from collections.abc import Mapping
from enum import StrEnum

from yichuang.lib.codes import check_ric, check_uscc, normalise

NAME_LIMIT = 120


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class IdType(StrEnum):
    """Kinds of documents. The codes of GA/T 2000.156 stand in ``FOREIGN_CODES`` ([M] in the research: data, not law)."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_RESIDENT = "foreign_resident"
    OFFICER_ID = "officer_id"
    USCC = "uscc"


ID_TYPES: Mapping[str, str] = {
    IdType.RESIDENT_ID: "居民身份证",
    IdType.USCC: "统一社会信用代码",
    IdType.PASSPORT: "普通护照",
    IdType.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdType.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdType.FOREIGN_RESIDENT: "外国人永久居留身份证",
    IdType.OFFICER_ID: "军官证",
}
FOREIGN_CODES: Mapping[str, str] = {
    IdType.RESIDENT_ID: "111",
    IdType.OFFICER_ID: "114",
    IdType.PASSPORT: "414",
    IdType.TAIWAN_PERMIT: "511",
    IdType.HK_MACAO_PERMIT: "516",
    IdType.FOREIGN_RESIDENT: "553",
}
_OTHER = re.compile(r"[0-9A-Z()（）字第号军政后装文职]{5,30}")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}\d{7,8}|\d{7,8}")


def normalise_identifier(id_type: str, raw: str) -> str:
    return normalise(raw)


def check_identifier(id_type: str, raw: str) -> str | None:
    """The Chinese sentence that says what is wrong with a number, or None."""
    if id_type == IdType.RESIDENT_ID:
        verdict = check_ric(raw)
    elif id_type == IdType.USCC:
        verdict = check_uscc(raw)
    elif id_type in ID_TYPES:
        return None if _OTHER.fullmatch(normalise(raw)) else f"{ID_TYPES[id_type]}号码应为 5 至 30 位数字或字母。"
    else:
        return "请选择证件类型。"
    return None if verdict.ok else verdict.reason


def check_kind(kind: str, id_type: str) -> str | None:
    """A person has a person's document, an organisation a credit code."""
    if kind not in set(PartyKind):
        return "请选择个人，或者企业或其他组织。"
    if kind == PartyKind.ORGANISATION and id_type != IdType.USCC:
        return "企业或其他组织请使用统一社会信用代码。"
    if kind == PartyKind.PERSON and id_type == IdType.USCC:
        return "个人请使用身份证件；个体工商户请选“企业或其他组织”。"
    return None


def normalise_phone(raw: str) -> str:
    return normalise(raw).removeprefix("+86")


def check_phone(raw: str) -> str | None:
    phone = normalise_phone(raw)
    if not phone or _PHONE.fullmatch(phone):
        return None
    return "电话号码不正确：手机号 11 位，座机请带区号。"
