"""ISO/IEC 7064 MOD 11,10: one check digit that finds every wrong digit and 98 of 100 swaps of neighbouring digits."""


def digit(payload: str) -> str:
    """The check digit of a string of decimal digits."""
    if not payload or not payload.isascii() or not payload.isdecimal():
        raise ValueError("only decimal digits have this check digit")
    product = 10
    for c in payload:
        total = (product + int(c)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def append(payload: str) -> str:
    return payload + digit(payload)


def is_valid(number: str) -> bool:
    return len(number) > 1 and number.isascii() and number.isdecimal() and digit(number[:-1]) == number[-1]
