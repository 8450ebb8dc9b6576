"""The organisation of the demo district: divisions, departments, halls, windows and hours, through the public verbs.

Codes and names of divisions are public facts; everything marked 样例 is invented. A build that was cut off goes on
where it stopped: what is there already is left as it is.
"""

import json
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from yichuang.lib.actor import Actor
from yichuang.places.actions import department, division, function, hall, hours, window
from yichuang.places.models import Department, Division, Hall
from yichuang.places.queries import functions
from yichuang.places.rules.divisions import level_and_code
from yichuang.places.rules.kinds import HallKind, HallState

_FILE = Path(__file__).parent / "data" / "organisation.json"
# A village code that no real village carries, for the sample station of each town.
_SAMPLE_VILLAGE = "399"


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return loaded


def build(*, by: Actor) -> None:
    district = _district(by=by)
    for code, name in data()["functions"]:
        if code not in functions():
            function.register(code, name, "cross_region", by=by)
    _departments(district, by=by)
    code, name = district.code, district.name
    _hall(
        f"{code}-01", district, hall.Particulars(f"{name}政务服务大厅", HallKind.DISTRICT, "元坝镇（样例地址）"), by=by
    )
    park = hall.Particulars(f"{name}工业园区政务服务大厅（样例）", HallKind.PARK, "样例地址")
    _hall(f"{code}-P1", district, park, by=by)
    for entry in data()["towns"]:
        town = _division(entry["code"], entry["name"], by=by)
        centre = hall.Particulars(f"{town.name}便民服务中心", HallKind.TOWN, f"{town.name}（样例地址）")
        _hall(f"{town.code}-01", town, centre, by=by)
        village = _division(town.code + _SAMPLE_VILLAGE, f"{town.name}样例村", by=by, is_sample=True)
        station = hall.Particulars(f"{village.name}便民服务站", HallKind.VILLAGE, "样例地址")
        _hall(f"{village.code}-01", village, station, by=by)


def _district(*, by: Actor) -> Division:
    """The district under its present name, which follows the former one under the same code."""
    for above in data()["above"]:
        _division(above["code"], above["name"], by=by)
    wanted = data()["district"]
    present = _division(wanted["code"], wanted["former"], by=by)
    if present.name == wanted["name"]:
        return present
    return division.rename(present, wanted["name"], since=date.fromisoformat(wanted["since"]), by=by)


def _division(code: str, name: str, *, by: Actor, is_sample: bool = False) -> Division:
    found = Division.objects.filter(code=level_and_code(code)[1], valid_to=None).first()
    return found or division.register(code, name, by=by, is_sample=is_sample)


def _departments(district: Division, *, by: Actor) -> None:
    known = set(Department.objects.filter(division=district).values_list("name", flat=True))
    for number, entry in enumerate(data()["departments"], start=1):
        if entry["name"] in known:
            continue
        particulars = department.Particulars(entry["short_name"], entry["kind"], sort_key=number * 10, is_sample=True)
        department.register(name=entry["name"], division=district, uscc=entry["uscc"], particulars=particulars, by=by)


def _hall(code: str, place: Division, particulars: hall.Particulars, *, by: Actor) -> None:
    """A hall stands whole, with windows, hours and state, or not at all."""
    if Hall.objects.filter(code=code).exists():
        return
    is_sample = particulars.kind in (HallKind.VILLAGE, HallKind.PARK)
    with transaction.atomic():
        row = hall.register(code, place, particulars, by=by, is_sample=is_sample)
        since = date.fromisoformat(data()["hours_from"])
        for opens, closes in data()["hours"]:
            session = (time.fromisoformat(opens), time.fromisoformat(closes))
            hours.add(row, range(5), session, valid_from=since, by=by)
        for number, name, kind, domain, carries in data()["windows"][particulars.kind]:
            wanted = window.Particulars(number, name, kind, domain)
            window.open_window(row, wanted, carries=carries, by=by)
        hall.move(row, HallState.TRIAL, by=by)
        if particulars.kind != HallKind.PARK:
            hall.move(row, HallState.OPERATING, by=by)
