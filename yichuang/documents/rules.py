"""Number templates and kinds of papers with their mandatory parts. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yichuang.lib import checkdigit

# The composition of 办件编号 is not fixed nationally (domain 13.5): area, day, serial, check digit over all digits.
CASE_NUMBER = re.compile(r"(\d{6})(\d{8})-(\d{4,8})-(\d)")


def case_number(area: str, day: date, serial: int) -> str:
    """51081120230418-0001-7."""
    payload = f"{area}{day:%Y%m%d}{serial:04d}"
    return f"{area}{day:%Y%m%d}-{serial:04d}-{checkdigit.digit(payload)}"


def normalise_case_number(raw: str) -> str:
    """As printed: half-width, no blanks, hyphens put back where someone left them out."""
    text = "".join(c for c in unicodedata.normalize("NFKC", raw) if not c.isspace())
    digits = re.sub(r"[-‐‑–—_]", "", text)
    if digits.isascii() and digits.isdecimal() and len(digits) >= 19:
        return f"{digits[:14]}-{digits[14:-1]}-{digits[-1]}"
    return text


def problem_of_case_number(raw: str) -> str:
    """What is wrong with a case number, as a sentence; empty when it can be one."""
    found = CASE_NUMBER.fullmatch(normalise_case_number(raw))
    if not found:
        return "办件编号应为 19 位以上数字，如 51081120230418-0001-7，印在受理通知书上。"
    if not checkdigit.is_valid("".join(found.groups())):
        return "办件编号的校验码不对，请逐位核对。"
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its title and the parts without which it may not be issued (domain §9.1)."""

    title: str
    mandatory: Mapping[str, str]
    # Procedural papers carry the case's number and a suffix; decisions have a gapless 文号 of their own.
    suffix: str = ""


_HEAD = {"number": "办件编号", "item": "事项名称", "applicant": "申请人", "department": "主管部门", "day": "日期"}
_REMEDY = {"remedy": "救济途径"}

KINDS: Mapping[str, Kind] = {
    "acceptance_notice": Kind(
        "受理通知书",
        _HEAD | {"due_on": "应办结日期", "ground": "法律依据", "query_code": "查询码", "hall": "受理大厅"},
        suffix="受",
    ),
    "receipt_voucher": Kind(
        "收件凭证",
        _HEAD | {"query_code": "查询码", "hall": "收件大厅", "received_by": "收件人", "next_step": "下一步", "phone": "咨询电话"},
        suffix="收",
    ),
    "grant_decision": Kind("准予决定书", _HEAD | {"ground": "法律依据"}),
    "denial_decision": Kind(
        "不予决定书", _HEAD | {"reasons": "不予的理由", "basis": "法律依据"} | _REMEDY
    ),
    "delivery_receipt": Kind(
        "送达回证",
        _HEAD | {"recipient": "受送达人", "method": "送达方式", "server": "送达人", "place": "送达地点"},
        suffix="送",
    ),
}


def missing_parts(kind: str, content: Mapping[str, object]) -> list[str]:
    """The Chinese names of the mandatory parts that are absent or blank."""
    return [label for part, label in KINDS[kind].mandatory.items() if not str(content.get(part) or "").strip()]
