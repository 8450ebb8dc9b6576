"""Reading places. Halls are read through ``halls_for``: what an actor may not see is not there."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from yichuang.calendars.queries import working_calendar
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
from yichuang.places.rules.days import Session, day_of
from yichuang.places.rules.kinds import STANDARD_FUNCTIONS, FunctionFact, FunctionGroup, WindowStatus


def business_day(hall: Hall, moment: datetime | None = None) -> date:
    """The hall's day on which a moment falls, now if none is given."""
    return day_of(moment or timezone.now(), ZoneInfo(hall.time_zone), hall.day_starts_at)


def hours_on(hall: Hall, day: date) -> tuple[Session, ...]:
    """The sessions of a day; empty when the hall does not serve.

    An arrangement for the date itself replaces the week. Otherwise Monday to Friday count on working days only; a
    working Saturday or Sunday (调休) without hours of its own keeps Monday's hours. Saturday and Sunday hours are
    service time and make no working day.
    """
    special = SpecialHours.objects.filter(hall=hall, day=day)
    if rows := list(special):
        return tuple((row.opens_at, row.closes_at) for row in rows if row.opens_at and row.closes_at)
    weekday, works = day.weekday(), working_calendar().is_working(day)
    weekly = [row for row in OpeningHours.objects.filter(hall=hall) if row.holds_on(day)]
    own = _sessions(weekly, weekday)
    if weekday >= 5 and works and not own:
        return _sessions(weekly, 0)
    return own if works or weekday >= 5 else ()


def _sessions(rows: Iterable[OpeningHours], weekday: int) -> tuple[Session, ...]:
    return tuple(sorted((row.opens_at, row.closes_at) for row in rows if row.weekday == weekday))


def is_open(hall: Hall, moment: datetime | None = None) -> bool:
    """Whether the published hours of the hall cover the moment; the last minute ends when the session does."""
    moment = moment or timezone.now()
    wall = moment.astimezone(ZoneInfo(hall.time_zone)).time()
    return any(opens <= wall < closes for opens, closes in hours_on(hall, business_day(hall, moment)))


def day_of_service(hall: Hall, moment: datetime | None = None) -> BusinessDay | None:
    """The record of the hall's present day, if somebody opened it."""
    return BusinessDay.objects.filter(hall=hall, day=business_day(hall, moment)).first()


def halls_for(by: Actor) -> QuerySet[Hall]:
    """The halls an actor may see, closed ones included."""
    halls = Hall.objects.select_related("division")
    return halls if by.scope.everything else halls.filter(pk__in=by.scope.halls)


def hall_for(by: Actor, code: str) -> Hall:
    hall = halls_for(by).filter(code=code).first()
    if hall is None:
        raise NotFound("没有这个大厅，或者不在您的查看范围内。")
    return hall


def windows_of(by: Actor) -> list[Window]:
    """The windows in use at which an actor may sit: those of the actor's present hall, else of all halls in scope."""
    windows = Window.objects.filter(status=WindowStatus.IN_USE, hall__closed_on=None).select_related("hall")
    if by.hall is not None:
        windows = windows.filter(hall=by.hall)
    elif not by.scope.everything:
        windows = windows.filter(hall__in=by.scope.halls)
    return list(windows.order_by("hall__code", "number"))


def window_for(by: Actor, pk: int) -> Window:
    window = Window.objects.filter(pk=pk, hall__in=halls_for(by)).select_related("hall").first()
    if window is None:
        raise NotFound("没有这个窗口，或者不在您的查看范围内。")
    return window


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
