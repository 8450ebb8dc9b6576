"""The business day of a hall and its opening hours (服务日、服务时间)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Weekly:
    """One session of a weekday (0 is Monday), from and until a date."""

    weekday: int
    session: Session
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def sessions_on(
    day: date, weekly: Iterable[Weekly], special: Sequence[Session] | None, *, is_working: bool
) -> tuple[Session, ...]:
    """The sessions of a day; empty when the hall does not serve.

    An arrangement for the date itself replaces the week; an empty one means closed. Otherwise Monday to Friday count on
    working days only, and a working Saturday or Sunday (调休) without hours of its own keeps Monday's hours. Saturday
    and Sunday hours are service time and make no working day.
    """
    if special is not None:
        return tuple(sorted(special))
    holding = [row for row in weekly if row.holds_on(day)]
    own = _of_weekday(holding, day.weekday())
    if day.weekday() < 5:
        return own if is_working else ()
    return own or (_of_weekday(holding, 0) if is_working else ())


def _of_weekday(rows: Iterable[Weekly], weekday: int) -> tuple[Session, ...]:
    return tuple(sorted(row.session for row in rows if row.weekday == weekday))


@dataclass(frozen=True, slots=True)
class Service:
    """Whether people are served at a moment of the day, and the sentence that says so."""

    is_open: bool
    words: str


def service_at(wall: time, sessions: Sequence[Session]) -> Service:
    """The last minute ends when the session does."""
    if not sessions:
        return Service(is_open=False, words="今天不开放")
    for number, (opens, closes) in enumerate(sessions):
        if wall < opens:
            begins = f"{opens.hour}:{opens:%M}"
            words = f"休息中，{begins} 继续" if number else f"{begins} 开始"
            return Service(is_open=False, words=words)
        if wall < closes:
            return Service(is_open=True, words=f"服务中，至 {closes.hour}:{closes:%M}")
    return Service(is_open=False, words="今天的服务已结束")
