"""Coming in and leaving (登录、退出): the same answer and the same time for every reason why not; each an event."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.accounts.actions import throttle
from yichuang.accounts.models import Account
from yichuang.kit.secret import blind_index
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Invalid

WRONG = "用户名或密码不正确，或者账号已锁定。"
_LONGEST_PASSWORD = 200


def authenticate(username: str, password: str, *, address: str) -> Account:
    """The account, or Invalid with one sentence for every reason; TooMany while the throttle holds."""
    username = rules.normalised_username(username)
    throttle.take("login", username, address)
    account = Account.objects.filter(username=username).first()
    # Argon2 of megabytes would be a cheap way to keep the server busy.
    usable = len(password) <= _LONGEST_PASSWORD
    if account is None or not usable:
        make_password(password[:_LONGEST_PASSWORD])  # As slow as a real check: time must not tell which names exist.
        right = False
    else:
        right = account.check_password(password) and account.is_active
    if account is None or not right:
        _record_failure(account, username)
        raise Invalid({"password": WRONG})
    throttle.give_back("login", username, address)
    return account


@transaction.atomic
def enter(account: Account, *, by: Actor) -> None:
    """The holder, now known by name, came in."""
    Account.objects.filter(pk=account.pk).update(last_login=timezone.now())
    record("account.logged_in", account.subject, by=by, body={})


@transaction.atomic
def leave(account_id: int, *, by: Actor) -> None:
    record("account.logged_out", f"account:{account_id}", by=by, body={})


@transaction.atomic
def _record_failure(account: Account | None, username: str) -> None:
    """An unknown name is kept as a keyed fingerprint only: it may well be a password typed into the wrong field."""
    unknown = f"login:{blind_index(username, purpose='accounts.username')[:16]}"
    record("account.login_failed", account.subject if account else unknown, by=rules.VISITOR, body={})
