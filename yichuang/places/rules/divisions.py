"""Division codes (区划代码): GB/T 2260 and the statistical codes below it."""

import re

from yichuang.places.rules.kinds import Level

_WRONG_LENGTH = "区划代码应为 6 位（省、市、县）、9 位（镇）或 12 位（村）。"


def level_and_code(raw: str) -> tuple[Level, str]:
    """The level a code stands for and the code as we keep it: 6 digits, 9 for towns, 12 for villages.

    Short provinces and cities ("51", "5108") and the 12-digit statistical codes of towns and counties are understood.
    """
    digits = re.sub(r"\s", "", raw)
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValueError("区划代码只能由数字组成。")
    code = _shortest(digits)
    if len(code) not in (6, 9, 12) or code.startswith("00"):
        raise ValueError(_WRONG_LENGTH)
    if len(code) == 12:
        return Level.VILLAGE, code
    if len(code) == 9:
        return Level.TOWN, code
    if code.endswith("0000"):
        return Level.PROVINCE, code
    return (Level.CITY if code.endswith("00") else Level.COUNTY), code


def _shortest(digits: str) -> str:
    if len(digits) in (2, 4):
        return digits.ljust(6, "0")
    while len(digits) in (9, 12) and digits.endswith("000"):
        digits = digits[:-3]
    return digits


def possible_parents(level: Level, code: str) -> tuple[str, ...]:
    """Codes of the divisions above, the nearest first. A county hangs on its province where no city stands between."""
    province, city = code[:2] + "0000", code[:4] + "00"
    return {
        Level.PROVINCE: (),
        Level.CITY: (province,),
        Level.COUNTY: (city, province),
        Level.TOWN: (code[:6],),
        Level.VILLAGE: (code[:9],),
    }[level]
