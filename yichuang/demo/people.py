"""The people of the demo district, with invented names: staff, accounts and posts through the public verbs."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from yichuang.accounts.actions import account as accounts
from yichuang.accounts.models import Account
from yichuang.demo import organisation
from yichuang.lib.actor import Actor
from yichuang.places.models import Department, Hall
from yichuang.staff.actions import person, post
from yichuang.staff.models import Staff
from yichuang.staff.rules import DEPARTMENT_ROLES, HALL_ROLES, ROLE_LABELS, Role

_FILE = Path(__file__).parent / "data" / "people.json"
_Places = tuple[dict[str, Hall], dict[str, Department]]


@dataclass(frozen=True, slots=True)
class Entrance:
    """One button of the demo's front page."""

    group: str
    username: str
    label: str
    person: str
    place: str


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return loaded


def _entrances() -> tuple[Entrance, ...]:
    people = {entry["username"]: entry for entry in _data()["people"]}
    rows = []
    for group, username in _data()["entrances"]:
        role, place = people[username]["posts"][0]
        rows.append(
            Entrance(group, username, ROLE_LABELS[Role(role)], people[username]["name"], _place_name(role, place))
        )
    return tuple(rows)


def _place_name(role: str, place: str) -> str:
    """What stands on the button; the database is not asked, it may be empty."""
    district = organisation.data()["district"]
    if Role(role) in DEPARTMENT_ROLES:
        return place
    if place.startswith(f"{district['code']}-P"):
        return "园区大厅"
    if place.startswith(f"{district['code']}-"):
        return "区政务服务大厅"
    towns = {town["code"]: str(town["name"]) for town in organisation.data()["towns"]}
    if place:
        return towns[place[:9]] + ("便民服务中心" if len(place.split("-", maxsplit=1)[0]) == 9 else "样例村便民服务站")
    return "全区"


ENTRANCES = _entrances()


def username_of(role: str, *, department: str | None = None) -> str:
    """The first person with this role, in this department where one is named."""
    for entry in _data()["people"]:
        for held, place in entry["posts"]:
            if held == role and (department is None or place == department):
                return str(entry["username"])
    raise LookupError(f"the demo has no {role} {department or ''}")


def build(*, by: Actor) -> None:
    """Idempotent: who is registered already is left alone."""
    halls = {row.code: row for row in Hall.objects.filter(closed_on=None)}
    departments = {row.name: row for row in Department.objects.filter(active_to=None)}
    known = dict(Staff.objects.in_bulk(field_name="number"))
    newcomers = [entry for entry in _data()["people"] if entry["number"] not in known]
    if newcomers:
        # One made-up password that nobody is told, hashed once: Argon2 would take a quarter of a minute for all of them.
        hashed = accounts.prepare(newcomers[0]["username"], must_change=False)[0].password
        for entry in newcomers:
            account = Account(username=entry["username"], password=hashed, must_change_password=False)
            known[entry["number"]] = _person(entry, account, (halls, departments), by=by)
    by_username = {entry["username"]: entry for entry in _data()["people"]}
    for username, deputy in _data()["deputies"]:
        entry, other = by_username[username], known[by_username[deputy]["number"]]
        staff = known[entry["number"]]
        if staff.deputy_id is None:
            person.change(staff, person.Particulars(entry["name"], entry["number"], deputy=other), by=by)


def _person(entry: dict[str, Any], account: Account, places: _Places, *, by: Actor) -> Staff:
    """A person stands with account and posts, or not at all."""
    with transaction.atomic():
        accounts.store(account, by=by)
        staff = person.register(person.Particulars(entry["name"], entry["number"]), account=account, by=by)
        for role, place in entry["posts"]:
            post.grant(staff, Role(role), at=_place(Role(role), place, places), by=by)
    return staff


def _place(role: Role, place: str, places: _Places) -> Hall | Department | None:
    halls, departments = places
    if role in HALL_ROLES:
        return halls[place]
    return departments[place] if role in DEPARTMENT_ROLES else None
