"""Accounts (账号): made, locked, unlocked, their passwords set. A typed password never leaves this file."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.accounts.actions import throttle
from yichuang.accounts.models import Account
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid

# Django's own sentences come in Chinese only with django.contrib.auth installed, whose users and groups we do not want.
_FAULTS = {
    "password_too_short": "密码至少要有 10 个字符。",
    "password_too_common": "这个密码太常见，容易被猜到。",
    "password_too_similar": "密码和用户名太像，容易被猜到。",
    "password_entirely_numeric": "密码不能全是数字。",
}


def create(username: str, *, by: Actor, password: str = "", must_change: bool = True) -> tuple[Account, str]:
    """A new account and its initial password (made up when none is given), to be replaced at the first login."""
    account, initial = prepare(username, password=password, must_change=must_change)
    store(account, by=by)
    return account, initial


def prepare(username: str, *, password: str = "", must_change: bool = True) -> tuple[Account, str]:
    """The slow half: Argon2 has no place inside a transaction."""
    username = rules.normalised_username(username)
    if fault := rules.username_fault(username):
        raise Invalid({"username": fault})
    account = Account(username=username, must_change_password=must_change)
    if password:
        _validate(password, account, field="password")
    initial = password or rules.new_initial_password()
    account.set_password(initial)
    return account, initial


def store(account: Account, *, by: Actor) -> None:
    """The half that writes."""
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            record("account.created", account.subject, by=by, body={"must_change": account.must_change_password})
    except IntegrityError:
        raise Invalid({"username": "这个用户名已经有人使用，请换一个。"}) from None


def change_password(account: Account, old: str, new: str, *, by: Actor) -> None:
    """The holder replaces the password; every other session of the account ends, because sessions carry its hash."""
    throttle.take("password", str(account.pk), f"account:{account.pk}")
    if not account.check_password(old):
        raise Invalid({"old": "原密码不正确。"})
    throttle.give_back("password", str(account.pk), f"account:{account.pk}")
    if old == new:
        raise Invalid({"new": "新密码不能与原密码相同。"})
    _validate(new, account, field="new")
    _set(account, new, must_change=False, event="account.password_changed", by=by)


def reset_password(account: Account, *, by: Actor) -> str:
    """A fresh initial password; every session and every wait of the account ends."""
    initial = rules.new_initial_password()
    _set(account, initial, must_change=True, event="account.password_reset", by=by)
    throttle.forget("login", account.username)
    return initial


def lock(account: Account, *, by: Actor) -> None:
    """From the next request on nobody comes in with this account, its sessions or its tokens."""
    _switch(account, active=False, by=by)


def unlock(account: Account, *, by: Actor) -> None:
    _switch(account, active=True, by=by)
    throttle.forget("login", account.username)


def _set(account: Account, password: str, *, must_change: bool, event: str, by: Actor) -> None:
    before = account.password
    account.set_password(password)
    with transaction.atomic():
        # Compared with what was read: of two changes at once the second would overwrite what its owner just chose.
        unchanged = Account.objects.filter(pk=account.pk, password=before)
        if not unchanged.update(
            password=account.password, must_change_password=must_change, password_changed_at=timezone.now()
        ):
            raise Conflict("这个账号的密码刚刚被改过，请重新操作。")
        record(event, account.subject, by=by, body={})
    account.must_change_password = must_change


def _switch(account: Account, *, active: bool, by: Actor) -> None:
    with transaction.atomic():
        if not Account.objects.filter(pk=account.pk, is_active=not active).update(is_active=active):
            raise Conflict("这个账号没有锁定。" if active else "这个账号已经锁定。")
        record("account.unlocked" if active else "account.locked", account.subject, by=by, body={})
    account.is_active = active


def _validate(password: str, account: Account, *, field: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        faults = [_FAULTS.get(one.code or "", "密码不符合要求。") for one in error.error_list]
        raise Invalid({field: " ".join(faults)}) from error
