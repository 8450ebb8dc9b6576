"""Who does something (办理人): never a database row, so that every floor can name them."""

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    STAFF = "staff"
    PARTY = "party"
    DEVICE = "device"
    CLIENT = "client"
    PARTNER = "partner"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Scope:
    """What an actor may see. Codes and primary keys only; an empty scope sees nothing."""

    everything: bool = False
    halls: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """An acting person, device or programme.

    ``name`` is for pages only: the ledger stores ``reference`` ("staff:7"), never a name.
    ``window`` is the primary key of the window the person signed on to, where there is one.
    """

    kind: ActorKind
    id: str
    name: str = ""
    permissions: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)
    hall: int | None = None
    window: int | None = None
    department: int | None = None
    on_behalf_of: str | None = None

    @property
    def reference(self) -> str:
        return f"{self.kind}:{self.id}"

    def may(self, permission: str) -> bool:
        return permission in self.permissions


WORKER = Actor(ActorKind.WORKER, "clock", name="系统", scope=Scope(everything=True))
