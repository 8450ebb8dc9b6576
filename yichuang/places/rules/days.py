"""The business day of a hall and its opening hours (服务日、服务时间)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_of(moment: datetime, zone: ZoneInfo, day_starts_at: time) -> date:
    """The business day of a moment, by the wall clock of the hall: before the boundary it is still yesterday."""
    wall = moment.astimezone(zone)
    return wall.date() if wall.time() >= day_starts_at else wall.date() - timedelta(days=1)


Session = tuple[time, time]


def overlapping(sessions: Iterable[Session], opens_at: time, closes_at: time) -> Session | None:
    """The first session that shares time with the given one; touching ends do not."""
    return next((s for s in sessions if s[0] < closes_at and opens_at < s[1]), None)


def as_words(sessions: Sequence[Session]) -> str:
    """9:00–12:00、13:00–17:00."""
    return "、".join(f"{a.hour}:{a:%M}–{b.hour}:{b:%M}" for a, b in sessions)
