"""The cast: a few people with fixed roles, so that tests about who may do what read like stories.

A pytest plugin. Each fixture makes a person through the public verbs, with their place, and is made only when asked for:

    def test_a_stranger_sees_nothing(wang_fang, chen_mo, client_of): ...

The district is invented (division 999901), far from any real one. ``client_of(person)`` is a browser logged in as that
person, ``actor_of(person)`` the Actor.
"""

from dataclasses import dataclass

import pytest

from yichuang.lib.actor import Actor, ActorKind, Scope

_PASSWORD = "sunny-hall-2026"


def _builder():
    from yichuang.staff.rules import PERMISSIONS

    return Actor(
        ActorKind.WORKER, "cast", name="测试", permissions=frozenset(PERMISSIONS), scope=Scope(everything=True)
    )


@pytest.fixture
def fast_passwords(settings):
    """Argon2 is slow on purpose; where a test is not about that, a cheap hash stands in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@dataclass(frozen=True)
class Places:
    """Two halls in service, a window in the first, and two departments of the invented district."""

    division: object
    hall: object
    window: object
    town_hall: object
    department: object
    other_department: object


@pytest.fixture
def cast_places(db):
    from yichuang.places.actions import department, division, hall, window
    from yichuang.places.rules.kinds import HallKind, HallState

    by = _builder()
    district = division.register("999901", "云溪区", by=by)
    town = division.register("999901101", "柳河镇", by=by)

    def new_hall(code, where, name, kind):
        row = hall.register(code, where, hall.Particulars(name=name, kind=kind, address=f"{name}一楼"), by=by)
        for state in (HallState.TRIAL, HallState.OPERATING):
            hall.move(row, state, by=by)
        return row

    district_hall = new_hall("999901-01", district, "云溪区政务大厅", HallKind.DISTRICT)
    return Places(
        division=district,
        hall=district_hall,
        window=window.open_window(district_hall, window.Particulars("1", "综合窗口"), by=by),
        town_hall=new_hall("999901-02", town, "柳河镇便民服务中心", HallKind.TOWN),
        department=department.register(name="云溪区市场监督管理局", division=district, by=by),
        other_department=department.register(name="云溪区民政局", division=district, by=by),
    )


@pytest.fixture
def new_person(fast_passwords, db):
    """Make a person with an account and posts: ``new_person("王芳", "wangfang", (Role.WINDOW_CLERK, hall))``."""
    from yichuang.accounts.actions import account
    from yichuang.staff.actions import person, post

    numbers = iter(range(1, 1000))

    def make(name, username, *posts):
        by = _builder()
        login, _ = account.create(username, by=by, password=_PASSWORD, must_change=False)
        number = f"T{next(numbers):03d}"
        staff = person.register(person.Particulars(name=name, number=number), by=by, account=login)
        for role, place in posts:
            post.grant(staff, role, by=by, at=place)
        return staff

    return make


def _one(name, username, role, place=""):
    """A fixture for one member of the cast. ``place`` names a field of Places; administrators have none."""

    def member(request, new_person):
        from yichuang.staff.rules import Role

        where = getattr(request.getfixturevalue("cast_places"), place) if place else None
        return new_person(name, username, (Role(role), where))

    member.__doc__ = f"{name}: {role} {place}".strip()
    return pytest.fixture(member, name=username)


wang_fang = _one("王芳", "wang_fang", "window_clerk", "hall")
li_qiang = _one("李强", "li_qiang", "window_clerk", "town_hall")
zhao_min = _one("赵敏", "zhao_min", "handler", "department")
sun_li = _one("孙立", "sun_li", "approver", "department")
zhou_jie = _one("周洁", "zhou_jie", "issuing_clerk", "hall")
chen_mo = _one("陈默", "chen_mo", "handler", "other_department")
wu_gang = _one("吴刚", "wu_gang", "hall_manager", "hall")
zheng_hua = _one("郑华", "zheng_hua", "bureau")
system_admin = _one("钱系统", "system_admin", "system_admin")
security_admin = _one("冯安全", "security_admin", "security_admin")
auditor = _one("卫审计", "auditor", "auditor")


@pytest.fixture
def password():
    """What everybody of the cast types to log in."""
    return _PASSWORD


def log_in(client, staff):
    """The session that logging in would have made, without the price of a password."""
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY

    session = client.session
    session[SESSION_KEY] = str(staff.account_id)
    session[HASH_SESSION_KEY] = staff.account.get_session_auth_hash()
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.fixture
def client_of(db):
    """A browser logged in as somebody."""
    from django.test import Client

    return lambda staff, **options: log_in(Client(**options), staff)


@pytest.fixture
def actor_of(db):
    from yichuang.staff.queries import actor_of_account

    return lambda staff: actor_of_account(staff.account)


@pytest.fixture
def person_of_role(new_person, request):
    """Somebody with a role of your choice, in the district hall or in the department where the role needs a place."""
    from yichuang.staff.rules import DEPARTMENT_ROLES, HALL_ROLES

    def make(role):
        places = request.getfixturevalue("cast_places")
        where = places.hall if role in HALL_ROLES else places.department if role in DEPARTMENT_ROLES else None
        return new_person(f"某{role}", f"some.{role}".replace("_", "-"), (role, where))

    return make
