"""The halls as the public sees them. Each function has a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from yichuang.places.models import Hall, OpeningHours
from yichuang.places.queries import business_day, service_now
from yichuang.places.rules.days import Service
from yichuang.places.rules.kinds import HALL_KIND_LABELS, HallKind, HallState
from yichuang.portal.rules import weekly_hours


@dataclass(frozen=True, slots=True)
class PublicHall:
    """A hall as the public sees it."""

    name: str
    kind: HallKind
    address: str
    phone: str
    hours: tuple[str, ...]
    service: Service
    is_trial: bool
    is_sample: bool


def halls(*kinds: HallKind) -> list[PublicHall]:
    """The halls that serve people, those of the kinds given or all, in the order district, park, town, village."""
    rows = _serving()
    if kinds:
        rows = rows.filter(kind__in=kinds)
    order = [HallKind.DISTRICT, HallKind.PARK, HallKind.TOWN, HallKind.VILLAGE]
    found = sorted(rows, key=lambda hall: (order.index(HallKind(hall.kind)), hall.code))
    service = service_now(found)
    return [_public(hall, service[hall.pk]) for hall in found]


def halls_by_kind() -> dict[str, list[PublicHall]]:
    groups: dict[str, list[PublicHall]] = defaultdict(list)
    for hall in halls():
        groups[HALL_KIND_LABELS[hall.kind]].append(hall)
    return dict(groups)


def _serving() -> QuerySet[Hall]:
    weekly = Prefetch("opening_hours", OpeningHours.objects.order_by("weekday", "opens_at"), to_attr="weekly")
    return Hall.objects.filter(closed_on=None).exclude(state=HallState.PREPARING).prefetch_related(weekly)


def _public(hall: Hall, service: Service) -> PublicHall:
    today = business_day(hall)
    weekly: list[OpeningHours] = getattr(hall, "weekly", [])
    now = [
        (row.weekday, row.opens_at, row.closes_at)
        for row in weekly
        if row.valid_from <= today and (row.valid_to is None or today <= row.valid_to)
    ]
    return PublicHall(
        name=hall.name,
        kind=HallKind(hall.kind),
        address=hall.address,
        phone=hall.phone,
        hours=tuple(weekly_hours(now)),
        service=service,
        is_trial=hall.state == HallState.TRIAL,
        is_sample=hall.is_sample,
    )
