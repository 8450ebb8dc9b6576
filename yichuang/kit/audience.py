"""Every route declares whom it is for. "Logged in" is never enough: staff routes name a permission."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

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
