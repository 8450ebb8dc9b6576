"""How numbers look, which kinds of papers there are, and the parts without which none may be issued. Pure."""

import re
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yichuang.lib import checkdigit

# The composition of 办件编号 is not fixed nationally (domain §3.1): an installation may set its own.
CASE_NUMBER = "{area}{day}-{serial}-{check}"
# 机关代字〔年份〕序号 is the form of 党政机关公文处理工作条例 (2012), article 9.
PAPER_NUMBER = "{prefix}〔{year}〕{serial}号"
_PARTS = {
    "area": r"(?P<area>\d{6})",
    "day": r"(?P<day>\d{8})",
    "serial": r"(?P<serial>\d{4,8})",
    "check": r"(?P<check>\d)",
}
_DASHES = re.compile("[-‐‑‒–—―−_]")
_EXAMPLE_DAY = date(2023, 4, 18)
# Without 0, 1, I, O, which people confuse when they read a code aloud or type it.
VERIFICATION_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def _pieces(template: str, wanted: set[str]) -> list[tuple[str, str]]:
    """(literal, field) pairs; raises ValueError with a Chinese sentence when a template is not one."""
    try:
        pieces = [(literal, field or "") for literal, field, _, _ in string.Formatter().parse(template)]
    except ValueError as error:
        raise ValueError(f"编号格式 {template!r} 写错了：花括号不成对。") from error
    if sorted(field for _, field in pieces if field) != sorted(wanted):
        raise ValueError(f"编号格式 {template!r} 应当正好包含 {'、'.join(sorted(wanted))} 各一次。")
    if any(c.isdecimal() for literal, _ in pieces for c in literal):
        raise ValueError(f"编号格式 {template!r} 的固定部分不能有数字。")
    return pieces


def checked_case_template(template: str) -> str:
    """The template itself, or ValueError; the check digit has to come last, over all digits before it."""
    if _pieces(template, set(_PARTS))[-1][1] != "check":
        raise ValueError(f"编号格式 {template!r} 应当以校验码 check 结尾。")
    return template


def checked_paper_template(template: str) -> str:
    _pieces(template, {"prefix", "year", "serial"})
    return template


@dataclass(frozen=True, slots=True)
class CaseNumber:
    area: str
    day: date
    serial: int


def case_number(parts: CaseNumber, template: str = CASE_NUMBER) -> str:
    """51081120230418-0001-7."""
    values = {"area": parts.area, "day": f"{parts.day:%Y%m%d}", "serial": f"{parts.serial:04d}"}
    digits = "".join(values[field] for _, field in _pieces(template, set(_PARTS)) if field in values)
    return template.format(**values, check=checkdigit.digit(digits))


def normalise_case_number(raw: str, template: str = CASE_NUMBER) -> str:
    """As printed: half-width, no blanks, separators put back where someone left them out."""
    text = "".join(c for c in unicodedata.normalize("NFKC", raw) if not c.isspace())
    pieces = _pieces(template, set(_PARTS))
    literals = {c for literal, _ in pieces for c in unicodedata.normalize("NFKC", literal)}
    digits = "".join(c for c in text if c not in literals and not _DASHES.match(c))
    found = re.fullmatch("".join(_PARTS[field] for _, field in pieces if field), digits, re.ASCII)
    return template.format(**found.groupdict()) if found else text


def parse_case_number(raw: str, template: str = CASE_NUMBER) -> CaseNumber:
    """What a case number says; raises ValueError with the reason in Chinese when it cannot be one."""
    pattern = "".join(re.escape(literal) + _PARTS.get(field, "") for literal, field in _pieces(template, set(_PARTS)))
    found = re.fullmatch(pattern, normalise_case_number(raw, template), re.ASCII)
    if not found:
        example = case_number(CaseNumber("510811", _EXAMPLE_DAY, 1), template)
        raise ValueError(f"办件编号的位数或格式不对，应当像 {example}，印在受理通知书上。")
    digits = "".join(found.groups())
    if not checkdigit.is_valid(digits):
        raise ValueError("办件编号的校验码不对，请逐位核对。")
    try:
        day = datetime.strptime(found["day"], "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError as error:
        raise ValueError("办件编号里的日期不存在，请逐位核对。") from error
    return CaseNumber(found["area"], day, int(found["serial"]))


def problem_of_case_number(raw: str, template: str = CASE_NUMBER) -> str:
    """What is wrong with a case number, as a sentence; empty when it can be one."""
    try:
        parse_case_number(raw, template)
    except ValueError as error:
        return str(error)
    return ""


def grouped(code: str) -> str:
    """ABCD-EFGH-JKLM: how a verification code is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its title and the parts without which it may not be issued (domain §9.1).

    A procedural paper carries the case's number and a ``suffix``; a decision has a gapless 文号 of its own.
    """

    title: str
    mandatory: Mapping[str, str]
    suffix: str = ""
    repeats: bool = False
    notice: str = ""


_HEAD = {"number": "办件编号", "item": "事项名称", "applicant": "申请人", "department": "主管部门", "day": "日期"}
_QUERY = {"query_code": "查询码"}

KINDS: Mapping[str, Kind] = {
    "receipt_voucher": Kind(
        "收件凭证",
        _HEAD | _QUERY | {"hall": "收件大厅", "received_by": "收件人", "next_step": "下一步", "phone": "咨询电话"},
        suffix="收",
        repeats=True,
        notice="本凭证只证明收到下列材料，不是受理决定，不计算办理期限。",
    ),
    "acceptance_notice": Kind(
        "受理通知书",
        _HEAD | _QUERY | {"due_on": "应办结日期", "ground": "法律依据", "hall": "受理大厅"},
        suffix="受",
    ),
    "grant_decision": Kind("准予决定书", _HEAD | {"ground": "法律依据"}),
    # 行政许可法第三十八条第二款：不予许可应当说明理由，并告知复议、诉讼的权利。
    "denial_decision": Kind("不予决定书", _HEAD | {"reasons": "不予的理由", "basis": "法律依据", "remedy": "救济途径"}),
    "delivery_receipt": Kind(
        "送达回证",
        _HEAD | {"recipient": "受送达人", "method": "送达方式", "server": "送达人", "place": "送达地点"},
        suffix="送",
        repeats=True,
    ),
}


def missing_parts(kind: str, content: Mapping[str, object]) -> list[str]:
    """The Chinese names of the mandatory parts that are absent or blank."""
    return [label for part, label in KINDS[kind].mandatory.items() if not str(content.get(part) or "").strip()]


def unprinted_parts(kind: str, content: Mapping[str, object], shown: str) -> list[tuple[str, str]]:
    """Mandatory parts (label, value) that stand nowhere in ``shown``: the layout gives each a row of its own.

    A mandatory part that is stored but not on the paper would be a part the citizen never gets.
    """
    rows = [(label, str(content[part]).strip()) for part, label in KINDS[kind].mandatory.items()]
    return [(label, value) for label, value in rows if value not in shown]
