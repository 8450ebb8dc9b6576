"""Checking codes people carry (证件号码、机构代码), with a reason a clerk can read aloud.

GB 11643-1999 (公民身份号码), GB 32100-2015 (统一社会信用代码), GB 11714-1997 (组织机构代码).
"""

import unicodedata
from dataclasses import dataclass
from datetime import date

_RIC_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RIC_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a code holds; ``normalised`` is how it is stored, ``reason`` says in Chinese what is wrong."""

    ok: bool
    normalised: str
    reason: str = ""


def normalise(raw: str) -> str:
    """Half-width, upper case, without blanks and hyphens typed in between."""
    text = unicodedata.normalize("NFKC", raw).upper()
    return "".join(c for c in text if not c.isspace() and c not in "-‐‑–—")


def _bad(code: str, reason: str) -> Verdict:
    return Verdict(ok=False, normalised=code, reason=reason)


def check_ric(raw: str) -> Verdict:
    """An 18-digit citizen identity number: digits, a birth date that exists and is not to come, the check digit."""
    code = normalise(raw)
    if not code:
        return _bad(code, "请填写身份证号码。")
    if len(code) == 15 and all(c in _DIGITS for c in code):
        return _bad(code, "这是 15 位的旧身份证号码，请使用 18 位号码。")
    if len(code) != 18:
        return _bad(code, f"身份证号码应为 18 位，现在是 {len(code)} 位。")
    wrong = next((n for n, c in enumerate(code, 1) if c not in _DIGITS and not (n == 18 and c == "X")), 0)
    if wrong:
        return _bad(code, f"第 {wrong} 位“{code[wrong - 1]}”不正确：身份证号码只能是数字，最后一位可以是 X。")
    born = _birth(code)
    if born is None:
        return _bad(code, f"出生日期 {code[6:10]} 年 {code[10:12]} 月 {code[12:14]} 日不存在，请核对第 7 至 14 位。")
    if born < date(1850, 1, 1):
        return _bad(code, f"出生年份 {code[6:10]} 不合理，请核对第 7 至 10 位。")
    expected = _RIC_CHECKS[sum(w * int(c) for w, c in zip(_RIC_WEIGHTS, code, strict=False)) % 11]
    if code[17] != expected:
        return _bad(code, "最后一位校验码不对，请逐位核对号码。")
    return Verdict(ok=True, normalised=code)


def _birth(code: str) -> date | None:
    try:
        return date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None


def check_org(raw: str) -> Verdict:
    """A nine-character organisation code (GB 11714); the hyphen before the check character may be typed."""
    code = normalise(raw)
    if len(code) != 9:
        return _bad(code, f"组织机构代码应为 9 位，现在是 {len(code)} 位。")
    wrong = next((n for n, c in enumerate(code, 1) if not (c.isascii() and c.isalnum())), 0)
    if wrong:
        return _bad(code, f"第 {wrong} 位“{code[wrong - 1]}”不正确：组织机构代码由数字和大写字母组成。")
    value = 11 - sum(w * int(c, 36) for w, c in zip(_ORG_WEIGHTS, code, strict=False)) % 11
    expected = {10: "X", 11: "0"}.get(value, str(value))
    if code[8] != expected:
        return _bad(code, "最后一位校验码不对，请逐位核对代码。")
    return Verdict(ok=True, normalised=code)


def check_uscc(raw: str) -> Verdict:
    """An 18-character unified social credit code, with the organisation code nested in characters 9 to 17."""
    code = normalise(raw)
    if not code:
        return _bad(code, "请填写统一社会信用代码。")
    if len(code) != 18:
        return _bad(code, f"统一社会信用代码应为 18 位，现在是 {len(code)} 位。")
    wrong = next((n for n, c in enumerate(code, 1) if c not in _USCC_ALPHABET), 0)
    if wrong:
        return _bad(code, f"第 {wrong} 位“{code[wrong - 1]}”不正确：代码中不会出现 I、O、Z、S、V 等字符，请检查是否与数字混淆。")
    region = next((n for n, c in enumerate(code[2:8], 3) if c not in _DIGITS), 0)
    if region:
        return _bad(code, f"第 {region} 位应为数字（第 3 至 8 位是登记机关区划）。")
    total = sum(w * _USCC_ALPHABET.index(c) for w, c in zip(_USCC_WEIGHTS, code, strict=False))
    if code[17] != _USCC_ALPHABET[(31 - total % 31) % 31]:
        return _bad(code, "最后一位校验码不对，请逐位核对代码。")
    if not check_org(code[8:17]).ok:
        return _bad(code, "第 9 至 17 位的组织机构代码校验不对，请逐位核对代码。")
    return Verdict(ok=True, normalised=code)
