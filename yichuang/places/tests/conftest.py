"""The cast of the places tests: who may change what, and a small invented district far from any real one."""

from datetime import date, time

import pytest
from django.test import Client

from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.places.actions import division, hall, window
from yichuang.places.rules.kinds import HallKind

VIEW = frozenset({"places.view", "desk.enter"})
EDIT = VIEW | {"places.edit", "places.run"}


def actor(number, permissions, *, everything=False, halls=()):
    scope = Scope(everything=everything, halls=frozenset(halls))
    return Actor(ActorKind.STAFF, str(number), name="试", permissions=frozenset(permissions), scope=scope)


@pytest.fixture
def bureau():
    return actor(1, EDIT, everything=True)


@pytest.fixture
def clerk():
    return actor(2, VIEW)


@pytest.fixture
def manager_of():
    return lambda hall: actor(3, VIEW | {"places.run"}, halls=[hall.pk])


@pytest.fixture
def as_actor(client, monkeypatch):
    """A client that is logged in as the given actor, whatever the floors above do to find out."""

    def enter(by) -> Client:
        monkeypatch.setattr("yichuang.project.identity.Identity._actor", lambda self, request: by)
        return client

    return enter


@pytest.fixture
def county(db, bureau):
    division.register("99", "云州省", by=bureau)
    division.register("9901", "清江市", by=bureau)
    return division.register("990101", "桃溪区", by=bureau)


@pytest.fixture
def make_hall(county, bureau):
    def make(code="990101-01", kind=HallKind.DISTRICT, division=county, **more):
        return hall.register(code, division, hall.Particulars(f"桃溪大厅{code}", kind, **more), by=bureau)

    return make


@pytest.fixture
def open_window(bureau):
    def make(hall, number, kind="general", domain="", carries=()):
        wanted = window.Particulars(number, f"窗口{number}", kind, domain)
        return window.open_window(hall, wanted, carries=carries, by=bureau)

    return make


MORNING = (time(9), time(12))
AFTERNOON = (time(13), time(17))
LONG_AGO = date(2022, 1, 1)
