"""Checking codes people carry (证件号码、机构代码), with a reason a clerk can read aloud.

GB 11643-1999 (公民身份号码), GB 32100-2015 (统一社会信用代码), GB 11714-1997 (组织机构代码).

A verdict says which character cannot be and what the check character works out to: it helps to find a slip of the hand
against the paper in front of one. The check proves nothing about the person, so there is nothing to keep secret in it.
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
_HYPHENS = "-‐‑‒–—−"
# What is easily typed in place of something else: the letters GB 32100 leaves out look like digits.
_LOOK_ALIKE = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}
_EARLIEST = date(1850, 1, 1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a code holds; ``normalised`` is how it is stored, ``reason`` says in Chinese what is wrong."""

    ok: bool
    normalised: str
    reason: str = ""


def normalise(value: str) -> str:
    """Half-width and upper case, without blanks, hyphens and invisible characters typed or pasted in between."""
    text = unicodedata.normalize("NFKC", value).upper()
    return "".join(c for c in text if not c.isspace() and c not in _HYPHENS and unicodedata.category(c) != "Cf")


def _bad(code: str, reason: str) -> Verdict:
    return Verdict(ok=False, normalised=code, reason=reason)


def _first_not_in(code: str, allowed: str, *, start: int = 0) -> int | None:
    """The position, counted from 0, of the first character that may not stand there."""
    return next((n for n, c in enumerate(code) if n >= start and c not in allowed), None)


def check_ric(value: str, *, today: date | None = None) -> Verdict:
    """An 18-digit citizen identity number: digits, a birth date that exists (and is not after ``today``), the check digit.

    The first six digits are not looked up: people keep the code of the place and time of their registration.
    """
    code = normalise(value)
    if not code:
        return _bad(code, "请填写身份证号码。")
    if len(code) == 15 and _first_not_in(code, _DIGITS) is None:
        return _bad(code, _old_ric(code))
    if len(code) != 18:
        return _bad(code, f"身份证号码应为 18 位，现在是 {len(code)} 位。")
    wrong = _first_not_in(code[:17], _DIGITS)
    if wrong is not None:
        return _bad(code, f"第 {wrong + 1} 位“{code[wrong]}”不对：身份证号码前 17 位只能是数字。")
    if code[17] not in _RIC_CHECKS:
        return _bad(code, f"第 18 位“{code[17]}”不对：最后一位只能是数字或 X。")
    if reason := _birth_problem(code[6:14], today):
        return _bad(code, reason)
    expected = _ric_check(code[:17])
    if code[17] != expected:
        return _bad(code, f"校验码不对：按前 17 位计算，第 18 位应为 {expected}，现在是 {code[17]}，请逐位核对号码。")
    return Verdict(ok=True, normalised=code)


def _ric_check(digits: str) -> str:
    return _RIC_CHECKS[sum(w * int(c) for w, c in zip(_RIC_WEIGHTS, digits, strict=True)) % 11]


def _old_ric(code: str) -> str:
    """Numbers of the first generation (15 digits, year of two) were all given to people born in the 20th century."""
    longer = f"{code[:6]}19{code[6:]}"
    sentence = "这是 15 位的旧身份证号码，现行号码为 18 位"
    if problem := _birth_problem(longer[6:14], None):
        return f"{sentence}；其中{problem}"
    return f"{sentence}。按规则推算应为 {longer}{_ric_check(longer)}，请与现行身份证核对后填写。"


def _birth_problem(digits: str, today: date | None) -> str:
    year, month, day = digits[:4], digits[4:6], digits[6:]
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        return f"出生日期 {year} 年 {month} 月 {day} 日不存在，请核对第 7 至 14 位。"
    if born < _EARLIEST or (today is not None and born > today):
        return f"出生日期 {year} 年 {month} 月 {day} 日不合理，请核对第 7 至 14 位。"
    return ""


def check_org(value: str) -> Verdict:
    """A nine-character organisation code; the hyphen before the check character may be typed."""
    code = normalise(value)
    if not code:
        return _bad(code, "请填写组织机构代码。")
    if len(code) != 9:
        return _bad(code, f"组织机构代码应为 9 位，现在是 {len(code)} 位。")
    wrong = next((n for n, c in enumerate(code) if not (c.isascii() and c.isalnum())), None)
    if wrong is not None:
        return _bad(code, f"第 {wrong + 1} 位“{code[wrong]}”不对：组织机构代码由数字和大写字母组成。")
    expected = _org_check(code[:8])
    if code[8] != expected:
        return _bad(code, f"校验码不对：按前 8 位计算，第 9 位应为 {expected}，现在是 {code[8]}，请逐位核对代码。")
    return Verdict(ok=True, normalised=code)


def _org_check(body: str) -> str:
    value = 11 - sum(w * int(c, 36) for w, c in zip(_ORG_WEIGHTS, body, strict=True)) % 11
    return {10: "X", 11: "0"}.get(value, str(value))


def check_uscc(value: str) -> Verdict:
    """An 18-character unified social credit code, with the organisation code nested in characters 9 to 17."""
    code = normalise(value)
    if not code:
        return _bad(code, "请填写统一社会信用代码。")
    if len(code) != 18:
        return _bad(code, _wrong_length_uscc(code))
    wrong = _first_not_in(code, _USCC_ALPHABET)
    if wrong is not None:
        return _bad(code, _letter_not_allowed(code, wrong))
    wrong = _first_not_in(code[:8], _DIGITS, start=2)
    if wrong is not None:
        return _bad(code, f"第 {wrong + 1} 位“{code[wrong]}”不对：第 3 至 8 位是登记机关区划，只能是数字。")
    expected = _uscc_check(code[:17])
    if code[17] != expected:
        return _bad(code, f"校验码不对：按前 17 位计算，第 18 位应为 {expected}，现在是 {code[17]}，请逐位核对代码。")
    nested = _org_check(code[8:16])
    if code[16] != nested:
        return _bad(
            code, f"第 9 至 17 位是组织机构代码，其校验码（第 17 位）应为 {nested}，现在是 {code[16]}，请逐位核对代码。"
        )
    return Verdict(ok=True, normalised=code)


def _uscc_check(body: str) -> str:
    total = sum(w * _USCC_ALPHABET.index(c) for w, c in zip(_USCC_WEIGHTS, body, strict=True))
    return _USCC_ALPHABET[-total % 31]


def _wrong_length_uscc(code: str) -> str:
    sentence = f"统一社会信用代码应为 18 位，现在是 {len(code)} 位"
    if len(code) == 9 and check_org(code).ok:
        return f"{sentence}：这是旧的组织机构代码，请填写登记证书上的 18 位代码。"
    if len(code) == 15 and code.isdecimal():
        return f"{sentence}：这可能是旧的工商注册号或税号，请填写登记证书上的 18 位代码。"
    return f"{sentence}。"


def _letter_not_allowed(code: str, position: int) -> str:
    letter = code[position]
    hint = f"，是否应为 {_LOOK_ALIKE[letter]}" if letter in _LOOK_ALIKE else ""
    return f"第 {position + 1} 位“{letter}”不对：统一社会信用代码由数字和大写字母组成，不用 I、O、Z、S、V{hint}。"
