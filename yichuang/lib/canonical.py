"""Canonical JSON: one value, one text, one fingerprint. Sorted keys, no blanks, no floats, UTF-8."""

import json
from collections.abc import Mapping, Sequence


def _checked(value: object) -> object:
    if isinstance(value, float):
        raise TypeError("floats have no canonical form: store integers (分, milliseconds)")
    if isinstance(value, Mapping):
        return {str(key): _checked(inner) for key, inner in value.items()}
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, Sequence):
        return [_checked(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: object) -> str:
    """The JSON text of ``value``; raises TypeError for what has no single form."""
    return json.dumps(_checked(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
