import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from yichuang.accounts.actions import account as accounts
from yichuang.accounts.actions import entry
from yichuang.accounts.models import Account
from yichuang.accounts.rules import VISITOR
from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict, Invalid

PASSWORD = "sunny-hall-2026"


@pytest.fixture
def account(fast_passwords, db):
    return accounts.create("wangfang", by=VISITOR, password=PASSWORD, must_change=False)[0]


def last_event():
    return Event.objects.order_by("-id").first()


def test_an_account_is_made_with_an_initial_password_to_be_changed(fast_passwords, db):
    made, initial = accounts.create("WangFang", by=VISITOR)
    assert made.username == "wangfang"
    assert made.must_change_password
    assert made.check_password(initial)
    assert initial not in made.password


def test_one_name_is_given_once(account):
    with pytest.raises(Invalid) as caught:
        accounts.create("wangfang", by=VISITOR)
    assert "username" in caught.value.fields


@pytest.mark.parametrize("bad", ["short", "password123", "12345678901", "wangfang2026"])
def test_a_bad_password_is_refused_in_chinese(account, bad):
    with pytest.raises(Invalid) as caught:
        accounts.change_password(account, PASSWORD, bad, by=VISITOR)
    assert "密码" in caught.value.fields["new"]


def test_the_old_password_is_asked_and_the_new_one_must_be_new(account):
    with pytest.raises(Invalid, match="原密码"):
        accounts.change_password(account, "wrong", "another-good-one", by=VISITOR)
    with pytest.raises(Invalid, match="不能与原密码相同"):
        accounts.change_password(account, PASSWORD, PASSWORD, by=VISITOR)


def test_of_two_changes_at_once_the_second_is_told(account):
    stale = Account.objects.get(pk=account.pk)
    accounts.change_password(account, PASSWORD, "another-good-one", by=VISITOR)
    with pytest.raises(Conflict):
        accounts.change_password(stale, PASSWORD, "a-third-good-one", by=VISITOR)
    assert Account.objects.get(pk=account.pk).check_password("another-good-one")


def test_every_reason_why_not_sounds_the_same(account):
    sentences = set()
    locked, _ = accounts.create("locked", by=VISITOR, password=PASSWORD)
    accounts.lock(locked, by=VISITOR)
    for name, typed in (("wangfang", "wrong"), ("nobody", "wrong"), ("locked", PASSWORD), ("wangfang", "x" * 5000)):
        with pytest.raises(Invalid) as caught:
            entry.authenticate(name, typed, address="10.0.0.1")
        sentences.add(str(caught.value))
    assert len(sentences) == 1


@pytest.mark.django_db
def test_a_name_that_does_not_exist_takes_as_long(monkeypatch):
    """Argon2 is what takes time: one round of it for every answer. Counted, not timed: the machine is shared.

    Without the spare hash an unknown name costs no round and answers some twenty times faster.
    """
    accounts.create("wangfang", by=VISITOR, password=PASSWORD)
    rounds = []
    for name in ("encode", "verify"):
        plain = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(
            Argon2PasswordHasher, name, lambda *args, _plain=plain, **more: rounds.append(1) or _plain(*args, **more)
        )

    def cost(name, typed):
        rounds.clear()
        with pytest.raises(Invalid):
            entry.authenticate(name, typed, address="10.0.0.1")
        return len(rounds)

    assert cost("wangfang", "wrong") == 1
    assert cost("nobody", "wrong") == 1
    assert cost("wangfang", "x" * 5000) == 1


def test_what_is_typed_never_reaches_the_ledger(account):
    with pytest.raises(Invalid):
        entry.authenticate("Secret-in-the-wrong-field", "Secret-in-the-wrong-field", address="10.0.0.1")
    event = last_event()
    assert event.kind == "account.login_failed"
    assert "secret" not in f"{event.subject}{event.body}{event.actor}".lower()
    with pytest.raises(Invalid):
        entry.authenticate("wangfang", "wrong", address="10.0.0.1")
    assert last_event().subject == f"account:{account.pk}"


def test_locking_twice_is_told(account):
    accounts.lock(account, by=VISITOR)
    with pytest.raises(Conflict):
        accounts.lock(account, by=VISITOR)
