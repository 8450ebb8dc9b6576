"""What goes into the index and what comes out."""

from dataclasses import dataclass

MAX_WEIGHT = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A findable thing, named by ``kind`` and ``key``; ``weight`` (0 to MAX_WEIGHT) lifts it a little."""

    kind: str
    key: str
    title: str
    department: str
    aliases: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry. ``why`` is a Chinese phrase for the person who searches."""

    key: str
    title: str
    department: str
    score: int
    why: str
