"""Settings come from the environment only, through these functions, and fail loudly."""

import os
from pathlib import Path


class BadSettingError(Exception):
    """A setting that cannot be understood. The message names it."""


def env_str(name: str, default: str) -> str:
    return os.environ.get(name, "") or default


def env_int(name: str, default: int, *, least: int = 0) -> int:
    raw = os.environ.get(name, "")
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise BadSettingError(f"{name} 应为整数，现在是 {raw!r}") from None
    if value < least:
        raise BadSettingError(f"{name} 不能小于 {least}，现在是 {raw!r}")
    return value


def env_bool(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name, "")
    if not raw:
        return default
    if raw not in {"0", "1"}:
        raise BadSettingError(f"{name} 只能是 0 或 1，现在是 {raw!r}")
    return raw == "1"


def env_list(name: str, default: list[str]) -> list[str]:
    raw = os.environ.get(name, "")
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default


def env_path(name: str, default: Path) -> Path:
    raw = os.environ.get(name, "")
    return Path(raw).expanduser().resolve() if raw else default
