"""What goes into the index and what comes out."""

from dataclasses import dataclass

MAX_WEIGHT = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A findable thing. ``kind`` and ``key`` name it; ``aliases`` are further names; ``weight`` (0–50) lifts it a little."""

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
