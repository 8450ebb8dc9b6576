"""Keys live in one file outside the database (0600), made on first use; its loss makes personal data unreadable."""

import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MasterKey:
    """``data`` encrypts (SM4, 16 bytes), ``index`` makes blind indexes (HMAC-SM3, 32 bytes)."""

    id: int
    data: bytes
    index: bytes


def _new_key(number: int) -> dict[str, object]:
    return {"id": number, "data": secrets.token_hex(16), "index": secrets.token_hex(32)}


class Keyring:
    """The keys of one installation. ``current`` encrypts; every listed key still decrypts."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _content(self) -> dict[str, object]:
        if not self.path.exists():
            self._create()
        content = json.loads(self.path.read_text())
        if not isinstance(content, dict):
            raise ValueError(f"{self.path} 不是密钥文件")  # noqa: TRY004 - a broken file, not a wrong type
        return content

    def _create(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh: dict[str, object] = {"web_secret": secrets.token_urlsafe(48), "keys": [_new_key(1)]}
        temporary = self._written_beside(fresh)
        try:
            os.link(temporary, self.path)  # Fails when another process was first; then its keys are the keys.
        except FileExistsError:
            pass
        finally:
            temporary.unlink()

    def add_key(self) -> int:
        """Put a new key into the file, in one rename; processes that run know it after their restart. Returns its number."""
        number = self.current.id + 1
        rows = self._content["keys"]
        if not isinstance(rows, list):
            raise ValueError(f"{self.path} 不是密钥文件")  # noqa: TRY004 - a broken file, not a wrong type
        self._written_beside({**self._content, "keys": [*rows, _new_key(number)]}).replace(self.path)
        return number

    def _written_beside(self, content: dict[str, object]) -> Path:
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        return temporary

    @property
    def web_secret(self) -> str:
        return str(self._content["web_secret"])

    @cached_property
    def keys(self) -> dict[int, MasterKey]:
        """Every key by id; the highest id is the current one."""
        rows = self._content["keys"]
        if not isinstance(rows, list):
            raise ValueError(f"{self.path} 不是密钥文件")  # noqa: TRY004
        return {r["id"]: MasterKey(r["id"], bytes.fromhex(r["data"]), bytes.fromhex(r["index"])) for r in rows}

    @property
    def current(self) -> MasterKey:
        return self.keys[max(self.keys)]

    @property
    def previous(self) -> MasterKey | None:
        """The key being rotated out, under which a second index column may still stand."""
        older = sorted(self.keys)[:-1]
        return self.keys[older[-1]] if older else None
