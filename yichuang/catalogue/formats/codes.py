"""How item codes are made (domain §2.5, §2.6). Codes stay text: they have leading zeros and letters."""

import re
from dataclasses import dataclass

from yichuang.catalogue.formats.entry import Notes, RowRefused
from yichuang.lib.codes import check_uscc

LONGEST = 100
_ALLOWED = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-_.]*")
_NATIONAL = re.compile(r"([0-9A-Z]{18})([1-7])([0-9A-Z]{12})")
_OLDER = re.compile(r"[0-9A-Z]{24}")
_SICHUAN = re.compile(r"(.+?)-([0-9]{12})-[0-9]{3}-(.+)-[0-9]-[0-9]{2}")
# The letter in a Sichuan code beside the item type it stands for (GB/T 39046 A.1).
_SICHUAN_LETTERS = {"A": "01", "B": "20", "C": "20", "E": "09", "F": "07", "G": "05", "H": "08", "Z": "10"}
_LETTER = re.compile(r"(?:[0-9]{3})?([A-Z])[0-9\-]")


@dataclass(frozen=True, slots=True)
class ItemCode:
    """A code taken apart as far as its scheme is known; the parts are empty where it is not."""

    code: str
    scheme: str
    basic: str = ""
    area: str = ""
    body: str = ""
    type_hint: str = ""


def take_apart(raw: str) -> ItemCode:
    """Raises RowRefused for what cannot be a code at all."""
    if len(raw) > LONGEST or not _ALLOWED.fullmatch(raw):
        raise RowRefused(f"事项编码“{raw[:60]}”不是由字母、数字和短横线组成的编码（最多 {LONGEST} 位）。")
    if found := _NATIONAL.fullmatch(raw):
        return ItemCode(raw, "C0109-31", basic=found[3], body=found[1], type_hint=found[3][2:4])
    if found := _SICHUAN.fullmatch(raw):
        letter = _LETTER.match(found[1])
        hint = _SICHUAN_LETTERS.get(letter[1], "") if letter else ""
        return ItemCode(raw, "sichuan", basic=found[1][:40], area=found[2], body=found[3], type_hint=hint)
    if _OLDER.fullmatch(raw):
        return ItemCode(raw, "2016-24")
    return ItemCode(raw, "other")


def body_of(parts: ItemCode, stated: str, notes: Notes) -> str:
    """The unified social credit code of the body in charge, as given; what is wrong with it is a warning."""
    body = parts.body or stated
    if not body:
        return ""
    verdict = check_uscc(body)
    if not verdict.ok:
        where = "事项编码中的实施主体代码" if parts.body else "实施主体代码"
        notes.warn(f"{where}“{body}”未通过统一社会信用代码校验：{verdict.reason}原样保留。")
    _compare(parts.body, stated, notes)
    return verdict.normalised if len(verdict.normalised) == 18 else ""


def _compare(body: str, stated: str, notes: Notes) -> None:
    """The separate column may hold the whole code or the nine characters of the organisation code within."""
    ours, theirs = body.replace("-", "").upper(), stated.replace("-", "").upper()
    if not ours or not theirs:
        return
    nine = ours[8:17] if len(ours) == 18 else ours
    if theirs not in (ours, nine, ours[8:]):
        notes.warn(f"部门代码“{stated}”与事项编码中的实施主体代码“{body}”不一致，以事项编码为准。")
