"""Accounts of people (账号管理): locked, unlocked and reset by the system administrator, never one's own."""

from django.db import transaction

from yichuang.accounts.actions import account as accounts
from yichuang.accounts.actions import installation
from yichuang.accounts.models import Account
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Refused
from yichuang.staff.actions.post import refuse_without_holder
from yichuang.staff.models import Staff
from yichuang.staff.queries import roles_of
from yichuang.staff.rules import ADMINISTRATORS, Role


def lock(staff: Staff, *, by: Actor) -> None:
    account = _account(staff, by=by)
    with transaction.atomic():
        installation.take_turn()
        accounts.lock(account, by=by)
        for role in roles_of(staff) & ADMINISTRATORS:
            refuse_without_holder(Role(role))


def unlock(staff: Staff, *, by: Actor) -> None:
    accounts.unlock(_account(staff, by=by), by=by)


def reset(staff: Staff, *, by: Actor) -> str:
    """A fresh initial password.

    Not for the other administrators: whoever resets a password could use it first, and system administration would then
    hold all three keys. Theirs are reset at the console of the server (``yichuang reset-password``).
    """
    account = _account(staff, by=by)
    if roles_of(staff) & ADMINISTRATORS:
        raise Refused("三员的密码不能在网页上重置。", who="服务器管理人员，在服务器上运行 yichuang reset-password")
    return accounts.reset_password(account, by=by)


def _account(staff: Staff, *, by: Actor) -> Account:
    if not by.may("staff.accounts"):
        raise Refused("您不能管理账号。", permission="staff.accounts")
    if by.reference == staff.subject:
        raise Refused("不能锁定或重置自己的账号。", who="另一位系统管理人员")
    if staff.account is None:
        raise Conflict(f"{staff.name}还没有账号。")
    return staff.account
