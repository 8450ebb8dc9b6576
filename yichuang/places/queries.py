"""Reading places."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from yichuang.calendars.queries import working_calendar
from yichuang.calendars.rules import OutOfCalendarError
from yichuang.lib.actor import Actor
from yichuang.lib.errors import NotFound
from yichuang.places.models import (
    BusinessDay,
    CompositionRule,
    Department,
    Division,
    Function,
    Hall,
    OpeningHours,
    SpecialHours,
    Window,
)
from yichuang.places.rules.composition import DEFAULT_RULES, HallFacts, Rule, WindowFacts, merged
from yichuang.places.rules.days import Service, Session, Weekly, day_of, service_at, sessions_on
from yichuang.places.rules.kinds import STANDARD_FUNCTIONS, FunctionFact, FunctionGroup, WindowStatus


def business_day(hall: Hall, moment: datetime | None = None) -> date:
    """The hall's day on which a moment falls, now if none is given."""
    return day_of(moment or timezone.now(), ZoneInfo(hall.time_zone), hall.day_starts_at)


def hours_on(hall: Hall, day: date) -> tuple[Session, ...]:
    """The sessions of a day; empty when the hall does not serve. See ``rules.days.sessions_on``."""
    return _timetable([hall]).sessions(hall, day)


def hours_of_days(hall: Hall, days: Iterable[date]) -> list[tuple[Session, ...]]:
    """The sessions of several days, in two queries."""
    timetable = _timetable([hall])
    return [timetable.sessions(hall, day) for day in days]


def is_open(hall: Hall, moment: datetime | None = None) -> bool:
    """Whether the published hours of the hall cover the moment."""
    return service_now([hall], moment)[hall.pk].is_open


def service_now(halls: Iterable[Hall], moment: datetime | None = None) -> dict[int, Service]:
    """Whether each hall serves, in words, by primary key: two queries however many halls there are."""
    chosen, moment = list(halls), moment or timezone.now()
    timetable = _timetable(chosen)
    return {
        hall.pk: service_at(
            moment.astimezone(ZoneInfo(hall.time_zone)).time(), timetable.sessions(hall, business_day(hall, moment))
        )
        for hall in chosen
    }


class _Timetable:
    def __init__(self, weekly: Iterable[OpeningHours], special: Iterable[SpecialHours]) -> None:
        self._weekly: dict[int, list[Weekly]] = {}
        for row in weekly:
            entry = Weekly(row.weekday, (row.opens_at, row.closes_at), row.valid_from, row.valid_to)
            self._weekly.setdefault(row.hall_id, []).append(entry)
        self._special: dict[tuple[int, date], list[Session]] = {}
        for day in special:
            sessions = self._special.setdefault((day.hall_id, day.day), [])
            if day.opens_at and day.closes_at:
                sessions.append((day.opens_at, day.closes_at))

    def sessions(self, hall: Hall, day: date) -> tuple[Session, ...]:
        try:
            is_working = working_calendar().is_working(day)
        except (
            OutOfCalendarError
        ):  # Further back or ahead than any calendar reaches, Monday to Friday is the best guess.
            is_working = day.weekday() < 5
        return sessions_on(day, self._weekly.get(hall.pk, ()), self._special.get((hall.pk, day)), is_working=is_working)


def _timetable(halls: list[Hall]) -> _Timetable:
    return _Timetable(OpeningHours.objects.filter(hall__in=halls), SpecialHours.objects.filter(hall__in=halls))


def day_of_service(hall: Hall, moment: datetime | None = None) -> BusinessDay | None:
    """The record of the hall's present day, if somebody opened it."""
    return BusinessDay.objects.filter(hall=hall, day=business_day(hall, moment)).first()


def halls_for(by: Actor) -> QuerySet[Hall]:
    """The halls in which an actor works, closed ones included."""
    halls = Hall.objects.select_related("division")
    return halls if by.scope.everything else halls.filter(pk__in=by.scope.halls)


def hall(code: str) -> Hall:
    """Any hall: where halls are and when they serve is public; acting in one is checked by the act."""
    found = Hall.objects.select_related("division").filter(code=code).first()
    if found is None:
        raise NotFound(f"没有编号为 {code} 的大厅。")
    return found


def windows_of(by: Actor) -> list[Window]:
    """The windows in use at which an actor may sit: those of the actor's present hall, else of all halls in scope."""
    windows = Window.objects.filter(status=WindowStatus.IN_USE, hall__closed_on=None).select_related("hall")
    if by.hall is not None:
        windows = windows.filter(hall=by.hall)
    elif not by.scope.everything:
        windows = windows.filter(hall__in=by.scope.halls)
    return list(windows.order_by("hall__code", "number"))


def functions(*, with_retired: bool = False) -> dict[str, FunctionFact]:
    """All window functions by code: the standard ones, renamed, retired or added to by this region's rows."""
    known = {fact.code: fact for fact in STANDARD_FUNCTIONS}
    for row in Function.objects.all():
        known.pop(row.code, None)
        if row.is_active or with_retired:
            known[row.code] = FunctionFact(row.code, row.name, FunctionGroup(row.group))
    order = list(FunctionGroup)
    return {fact.code: fact for fact in sorted(known.values(), key=lambda fact: order.index(fact.group))}


def division(code: str) -> Division:
    """The division in force under this code."""
    found = Division.objects.filter(code=code, valid_to=None).first()
    if found is None:
        raise NotFound(f"没有代码为 {code} 的有效区划。")
    return found


def departments() -> QuerySet[Department]:
    """The departments that exist now, in their fixed order."""
    return Department.objects.filter(active_to=None).select_related("division")


def composition_rules() -> tuple[Rule, ...]:
    """The plan's figures with this district's own in their place."""
    own = [
        (Rule(row.hall_kind, row.measure, row.least, row.most, row.basis), row.is_active)
        for row in CompositionRule.objects.all()
    ]
    return merged(DEFAULT_RULES, own)


def facts_of(halls: Iterable[Hall]) -> list[HallFacts]:
    """The halls with their windows in use, in two queries however many there are."""
    chosen = list(halls)
    windows: dict[int, list[WindowFacts]] = {hall.pk: [] for hall in chosen}
    in_use = Window.objects.filter(hall__in=windows, status=WindowStatus.IN_USE).prefetch_related("functions")
    for window in in_use.order_by("number"):
        carried = frozenset(entry.function for entry in window.functions.all())
        windows[window.hall_id].append(WindowFacts(window.number, window.kind, window.domain, carried))
    return [HallFacts(hall.code, hall.name, hall.kind, tuple(windows[hall.pk])) for hall in chosen]
