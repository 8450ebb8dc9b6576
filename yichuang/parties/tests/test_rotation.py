import argparse
import json
import secrets

import pytest

from yichuang.kit.keyring import Keyring
from yichuang.kit.secret import CannotOpenError
from yichuang.ledger.models import Event
from yichuang.lib.actor import WORKER
from yichuang.lib.errors import Conflict
from yichuang.parties import commands
from yichuang.parties.actions.rotation import forget_previous, reindex
from yichuang.parties.models import Party
from yichuang.parties.queries import find_by_identifier
from yichuang.parties.tests.people import BAKERY, LI, WANG, enter

pytestmark = pytest.mark.django_db


class Keys:
    """A keys file of the test's own; ``add`` is what an administrator does, with the restart."""

    def __init__(self, settings, path):
        self.settings, self.path = settings, path
        self.rows = []
        self.add()

    def add(self):
        self.rows.append(
            {"id": len(self.rows) + 1, "data": secrets.token_hex(16), "index": secrets.token_hex(32)},
        )
        self.write(self.rows)

    def write(self, rows):
        self.path.write_text(json.dumps({"web_secret": "x", "keys": rows}))
        self.settings.KEYRING = Keyring(self.path)


@pytest.fixture
def keys(settings, tmp_path):
    return Keys(settings, tmp_path / "keys.json")


def found(person):
    return find_by_identifier(person["id_type"], person["identifier"])


def test_old_values_open_and_are_found_while_a_second_key_is_there(keys):
    wang = enter(WANG)
    keys.add()
    assert Party.objects.get().identifier == WANG["identifier"]
    assert found(WANG).pk == wang.pk
    assert enter(WANG).pk == wang.pk
    assert Party.objects.count() == 1


def test_finding_works_before_half_way_and_after(keys):
    people = [WANG, LI, BAKERY]
    ids = [enter(person).pk for person in people]
    keys.add()
    left = [3]
    while left[-1]:
        assert [found(person).pk for person in people] == ids
        left.append(reindex(limit=1, by=WORKER))
    assert left == [3, 2, 1, 0]
    assert [found(person).pk for person in people] == ids
    assert all(p.identifier_sealed.startswith("2.") and p.identifier_index_next for p in Party.objects.all())
    assert reindex(limit=1, by=WORKER) == 0
    assert Event.objects.filter(kind="party.rekeyed").count() == 3


def test_both_index_columns_find_during_rotation(keys):
    """A process that does not know the new key yet still finds the row through the second column."""
    wang = enter(WANG)
    keys.add()
    reindex(limit=10, by=WORKER)
    both = keys.rows
    keys.write(both[:1])
    assert found(WANG).pk == wang.pk
    keys.write(both[1:])
    assert found(WANG).pk == wang.pk
    keys.write(both)
    forget_previous(by=WORKER)
    keys.write(both[:1])
    assert found(WANG) is None


def test_after_the_rotation_the_old_key_is_not_needed(keys):
    enter(WANG)
    keys.add()
    reindex(limit=10, by=WORKER)
    assert forget_previous(by=WORKER) == 1
    keys.write(keys.rows[1:])
    assert (found(WANG).identifier, found(WANG).phone) == (WANG["identifier"], WANG["phone"])


def test_without_the_rotation_the_old_key_is_needed(keys):
    enter(WANG)
    keys.add()
    with pytest.raises(Conflict):
        forget_previous(by=WORKER)
    keys.write(keys.rows[1:])
    assert found(WANG) is None
    with pytest.raises(CannotOpenError):
        _ = Party.objects.get().identifier


def test_a_telephone_changed_during_the_rotation_is_not_overwritten(keys, monkeypatch):
    """With the comparison of the sealed values taken out of the UPDATE, the old number came back."""
    wang = enter(WANG)
    keys.add()
    rows = list(Party.objects.all())
    enter(WANG, phone="13700137000")
    # The worker had read the row before the clerk wrote.
    monkeypatch.setattr("yichuang.parties.actions.rotation._waiting", lambda key: Stale(rows))
    reindex(limit=10, by=WORKER)
    assert Party.objects.get(pk=wang.pk).phone == "13700137000"


class Stale(list):
    def order_by(self, *_):
        return self

    def count(self):
        return len(self)


def rotate(*arguments):
    parser = argparse.ArgumentParser()
    commands.add(parser.add_subparsers())
    options = parser.parse_args(["rotate-keys", *arguments])
    return options.run(options)


def test_the_command_walks_the_whole_way(keys, settings, capsys):
    people = [WANG, LI, BAKERY]
    ids = [enter(person).pk for person in people]
    assert rotate() == 1
    assert "只有一把密钥" in capsys.readouterr().out
    assert rotate("--new-key") == 0
    assert "重启所有服务进程" in capsys.readouterr().out
    assert keys.path.stat().st_mode & 0o077 == 0
    settings.KEYRING = Keyring(keys.path)  # The restart.
    assert rotate() == 0
    assert "完成：3 个" in capsys.readouterr().out
    assert [found(person).pk for person in people] == ids
    new = json.loads(keys.path.read_text())["keys"]
    assert [key["id"] for key in new] == [1, 2]
    assert new[0] == keys.rows[0]
    keys.write(new[1:])
    assert [found(person).phone for person in people] == ["13800138000", "13900139000", "08395551234"]
