"""A database URL becomes Django's DATABASES entry, the same way for every process of the platform."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yichuang.lib.environment import BadSettingError


def database_from_url(url: str, *, threads: int, test_name: str = "") -> dict[str, Any]:
    """``sqlite:///path`` or ``postgresql://user:password@host:port/name?option=value`` (host may be a socket path)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path)
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "yichuang",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or query.pop("port", "")),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                # A pool with fewer connections than threads makes requests wait for each other.
                "pool": {"min_size": 1, "max_size": threads + 2, "timeout": 30},
                **query,
            },
        }
    raise BadSettingError(f"YICHUANG_DATABASE_URL 只支持 sqlite:/// 和 postgresql://，现在是 {parts.scheme!r}")


def _sqlite(raw_path: str) -> dict[str, Any]:
    path = Path(unquote(raw_path))
    # sqlite:///relative and sqlite:////absolute, as everywhere else.
    name = Path(str(path)[1:]) if str(path).startswith("/") else path
    return {
        "ENGINE": "yichuang.kit.sqlite",
        "NAME": str(name if name.is_absolute() else Path.cwd() / name),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        # A file, not memory: concurrency is tested by several processes on one database.
        "TEST": {"NAME": str(name) + ".test"},
    }
