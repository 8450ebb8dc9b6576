"""Canonical JSON: one value, one text, one fingerprint. Sorted keys, no blanks, no floats, UTF-8."""

import json
from collections.abc import Mapping


def canonical(value: object) -> str:
    """The JSON text of ``value``; raises TypeError for what has no single form.

    Keys are sorted by code point and texts stand as they are, escaped only where JSON demands it, as in RFC 8785;
    unlike there, integers of any size are written in full.
    """
    return json.dumps(_checked(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _checked(value: object) -> object:
    if isinstance(value, str):
        value.encode()  # A lone surrogate has no UTF-8: better refused here than by the hash.
        return str(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _checked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_checked(inner) for inner in value]
    if isinstance(value, float):
        raise TypeError("floats have no canonical form: store integers (分, milliseconds)")
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("keys are texts: 1 and '1' would fall together")
    key.encode()
    return str(key)
