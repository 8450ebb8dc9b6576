"""What must be true of the whole before it serves anybody."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from yichuang.kit.audience import Audience
from yichuang.project.routes import Route, walk
from yichuang.staff.rules import PERMISSIONS

# Audiences whom something holds to their routes. One that nobody checks would be a promise without a door.
_HELD = {Audience.PUBLIC, Audience.STAFF}


def faults(routes: Iterable[Route]) -> list[str]:
    """A sentence for each route that does not say whom it is for, or says it of a permission that nobody can hold."""
    found = []
    for route in routes:
        for one in route.declared:
            where = f"{one.method} {route.where}".strip()
            if one.guard is None:
                found.append(f"{where} declares no audience")
            elif one.guard.audience not in _HELD:
                found.append(f"{where} is for {one.guard.audience}, whom nobody checks")
            elif one.guard.audience is Audience.STAFF and one.guard.permission not in PERMISSIONS:
                found.append(f"{where} wants {one.guard.permission}, which staff.rules.PERMISSIONS does not know")
    return found


def every_route_has_an_audience(app_configs: Sequence[Any] | None = None, **options: Any) -> list[CheckMessage]:
    return [Error(fault, id="yichuang.E001") for fault in faults(walk())]


def refuse_to_start() -> None:
    """The same as the system check, for a server, which runs no system checks by itself."""
    found = faults(walk())
    if found:
        raise ImproperlyConfigured("; ".join(found))
