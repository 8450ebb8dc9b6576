"""Every route declares whom it is for. "Logged in" is never enough: staff routes name a permission."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from typing import TypeVar

from ninja.openapi.views import default_home
from ninja.operation import Operation, PathView

# What an actor holds instead of all permissions while the initial password has not been replaced.
MUST_CHANGE_PASSWORD = "password.must_change"  # noqa: S105 - the name of a state

View = TypeVar("View", bound=Callable[..., object])


class Audience(StrEnum):
    PUBLIC = "public"
    CITIZEN = "citizen"
    STAFF = "staff"
    DEVICE = "device"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may enter: the audience and, for staff, one permission such as ``cases.accept``."""

    audience: Audience
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What one method of a route declares; no guard when it says nothing. Pages declare once for all methods ("")."""

    method: str
    guard: Guard | None


def _declare(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.guard = guard  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Open to anyone, without a login."""
    return _declare(Guard(Audience.PUBLIC))(view)


def staff(permission: str) -> Callable[[View], View]:
    """Open to staff members who hold ``permission``."""
    if not permission:
        raise ValueError("a staff route names a permission")
    return _declare(Guard(Audience.STAFF, permission))


def guard_of(view: object) -> Guard | None:
    guard = getattr(view, "guard", None)
    return guard if isinstance(guard, Guard) else None


def operations_of(view: object) -> list[Operation] | None:
    """The operations behind a view made by django-ninja; None for every other view."""
    if not inspect.isfunction(view) or view.__module__ != PathView.__module__:
        return None
    owner = inspect.getclosurevars(view).nonlocals.get("self")
    return list(owner.operations) if isinstance(owner, PathView) else None


@lru_cache(maxsize=4096)
def declared_by(view: Callable[..., object]) -> tuple[Declared, ...]:
    """What a view declares, method by method for operations of the API."""
    operations = operations_of(view)
    if operations is not None:
        return tuple(Declared(m, _guard_of_operation(o)) for o in operations for m in o.methods)
    if isinstance(view, partial) and view.func is default_home:
        # The root of the API knows only the answer "not found".
        return (Declared("", Guard(Audience.PUBLIC)),)
    return (Declared("", guard_of(view)),)


def _guard_of_operation(operation: Operation) -> Guard | None:
    """Exactly one: ninja lets in whoever passes any of several, and then the strictest would mean nothing."""
    callbacks = list(operation.auth_callbacks)
    return guard_of(callbacks[0]) if len(callbacks) == 1 else None
