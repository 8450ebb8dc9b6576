"""API tokens (接口令牌): shown once, stored as a hash, at work once a second person approved them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.accounts.models import Account, Token
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.staff.models import Staff
from yichuang.staff.queries import roles_of
from yichuang.staff.rules import permissions_of

LONGEST_DAYS = 365


def create(staff: Staff, *, label: str, scopes: Iterable[str], days: int, by: Actor) -> tuple[Token, str]:
    """A token in a person's name; the second value is the only time anybody sees it.

    It opens nothing before the security administrator approves it: else whoever manages accounts could act as anyone.
    """
    _may("staff.tokens", "您不能签发接口令牌。", by=by)
    wanted = sorted(set(scopes))
    account, name = _checked(staff, label, wanted, days)
    raw = rules.new_token()
    with transaction.atomic():
        token = Token.objects.create(
            account=account,
            label=name,
            hash=rules.secret_hash(raw),
            hint=raw[:8],
            scopes=" ".join(wanted),
            created_by=by.reference,
            expires_at=timezone.now() + timedelta(days=days),
        )
        record("token.created", token.subject, by=by, body={"staff": staff.pk, "scopes": wanted, "days": days})
    return token, raw


def approve(token: Token, *, by: Actor) -> None:
    _may("staff.grant", "您不能批准接口令牌。", by=by)
    if by.reference == token.created_by:
        raise Refused("签发和批准必须是两个人。", who="另一位安全保密管理人员")
    with transaction.atomic():
        waiting = Token.objects.filter(pk=token.pk, approved_at=None, revoked_at=None)
        if not waiting.update(approved_at=timezone.now(), approved_by=by.reference):
            raise Conflict("这个令牌已经批准或吊销。")
        record("token.approved", token.subject, by=by, body={})


def revoke(token: Token, *, by: Actor) -> None:
    """From the next request on the token opens nothing."""
    _may("staff.tokens", "您不能吊销接口令牌。", by=by)
    with transaction.atomic():
        if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            raise Conflict("这个令牌已经吊销。")
        record("token.revoked", token.subject, by=by, body={})


def _may(permission: str, sentence: str, *, by: Actor) -> None:
    if not by.may(permission):
        raise Refused(sentence, permission=permission)


def _checked(staff: Staff, label: str, wanted: list[str], days: int) -> tuple[Account, str]:
    problems, name = {}, ""
    try:
        name = clean_text(label, limit=60)
    except ValueError as error:
        problems["label"] = str(error)
    if not name and not problems:
        problems["label"] = "请填写用途。"
    if not set(wanted) <= permissions_of(roles_of(staff)):
        problems["scopes"] = f"令牌的权限不能超过{staff.name}本人现有的权限。"
    if not wanted:
        problems["scopes"] = "请至少选择一项权限。"
    if not 1 <= days <= LONGEST_DAYS:
        problems["days"] = f"有效期为 1 至 {LONGEST_DAYS} 天。"
    if staff.account is None:
        problems["staff"] = f"{staff.name}还没有账号。"
    if problems or staff.account is None:
        raise Invalid(problems)
    return staff.account, name
