from datetime import date

import pytest

from yichuang.demo import organisation, people
from yichuang.ledger.models import Event
from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.lib.codes import check_uscc
from yichuang.places import queries
from yichuang.places.models import Department, Division, Hall, Window
from yichuang.places.panels import coverage
from yichuang.staff.models import Post, Staff
from yichuang.staff.queries import actor_of_username
from yichuang.staff.rules import PERMISSIONS, Role

BY = Actor(ActorKind.WORKER, "demo", name="演示", permissions=frozenset(PERMISSIONS), scope=Scope(everything=True))


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Built once for this file and taken back at its end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        organisation.build(by=BY)
        people.build(by=BY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, db):
    return built


def test_the_district_has_its_towns_its_former_name_and_its_chain(demo):
    district = queries.division("510811")
    assert (district.name, district.parent.name, district.parent.parent.name) == ("昭化区", "广元市", "四川省")
    [former] = district.predecessors.all()
    assert (former.name, former.code, former.valid_to) == ("元坝区", "510811", date(2013, 4, 30))
    towns = Division.objects.filter(level="town", valid_to=None)
    assert towns.count() == 12
    assert all(town.parent == district for town in towns)


def test_every_hall_keeps_the_rules_of_the_plan(demo):
    figures = coverage()
    assert [(hall.name, [v.sentence for v in amiss]) for hall, _, amiss in figures["rows"] if amiss] == []
    assert (figures["served"], figures["total"]) == (26, 26)
    district = Hall.objects.get(code="510811-01")
    kinds = list(Window.objects.filter(hall=district).values_list("kind", flat=True))
    assert sorted(kinds) == ["domain"] * 6 + ["general"] * 5 + ["tidal"]
    assert {hall.kind for hall in Hall.objects.filter(is_sample=True)} == {"village", "park"}


def test_department_codes_are_valid_and_marked_as_sample(demo):
    rows = Department.objects.all()
    assert rows.count() >= 30
    assert {row.uscc_warning for row in rows} == {""}
    assert all(check_uscc(row.uscc).ok and row.is_sample for row in rows)
    assert len({row.uscc for row in rows}) == rows.count()


def test_building_again_changes_nothing(demo):
    before = Event.objects.count()
    organisation.build(by=BY)
    people.build(by=BY)
    assert Event.objects.count() == before


def test_every_role_is_filled_and_every_entrance_opens(demo):
    assert set(Post.objects.values_list("role", flat=True)) == {str(role) for role in Role}
    assert Staff.objects.filter(account=None).count() == 0
    for entrance in people.ENTRANCES:
        assert actor_of_username(entrance.username).may("desk.enter")
    entered = {entrance.label for entrance in people.ENTRANCES}
    assert len(entered) == len(Role)


def test_every_department_has_somebody_who_decides(demo):
    for row in Department.objects.all():
        actor = actor_of_username(people.username_of("approver", department=row.name))
        assert row.pk in actor.scope.departments


def test_every_hall_with_windows_has_a_clerk(demo):
    staffed = set(Post.objects.filter(role="window_clerk").values_list("hall__code", flat=True))
    served = set(Hall.objects.exclude(kind="village").values_list("code", flat=True))
    assert served <= staffed
    clerk = actor_of_username(people.username_of("window_clerk"))
    assert len(queries.windows_of(clerk)) == 12


def test_an_unknown_holder_is_an_error():
    with pytest.raises(LookupError):
        people.username_of("approver", department="区天文台")
