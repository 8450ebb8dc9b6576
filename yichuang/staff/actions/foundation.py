"""Founding (启用): the three administrators of an empty installation, at once and exactly once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.accounts.actions import account as accounts
from yichuang.accounts.actions import installation, throttle
from yichuang.accounts.models import Account
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor, ActorKind
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid
from yichuang.staff.models import Post, Staff
from yichuang.staff.rules import ROLE_LABELS, Role

# Nobody has a name here before this act is done.
FOUNDER = Actor(ActorKind.WORKER, "foundation", name="初始化")
ROLES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Administrator:
    """One of the three: name and user name as typed on the setup page."""

    role: Role
    name: str
    username: str


def found(code: str, administrators: tuple[Administrator, ...], *, address: str) -> dict[Role, str]:
    """Make the three administrators with the one-time code of the console; returns their initial passwords.

    Of two browsers exactly one succeeds: founding the installation is one UPDATE that names the state it starts from.
    The passwords are made up and must be replaced at the first login, so that no one person knows all three.
    """
    throttle.take("setup", "code", address)
    if not installation.setup_code_fits(code):
        if installation.is_new():
            raise Invalid({"code": "初始化码不正确。它显示在服务器的控制台上；每次启动都会换一个新的。"})
        raise Conflict("本平台已经启用，请直接登录。")
    throttle.give_back("setup", "code", address)
    _check(administrators)
    logins = {administrator.role: accounts.prepare(administrator.username) for administrator in administrators}
    with transaction.atomic():
        installation.close_setup(code, by=FOUNDER)
        for number, administrator in enumerate(administrators, start=1):
            _make(administrator, f"SY{number:03d}", logins[administrator.role][0])
    return {role: initial for role, (_, initial) in logins.items()}


def _check(administrators: tuple[Administrator, ...]) -> None:
    if tuple(administrator.role for administrator in administrators) != ROLES:
        raise Invalid({"code": "三员须同时任命。"})
    problems: dict[str, str] = {}
    seen: set[str] = set()
    for administrator in administrators:
        username = rules.normalised_username(administrator.username)
        fault = rules.username_fault(username) or ("三员须使用不同的用户名。" if username in seen else "")
        problems[f"{administrator.role}_username"] = fault
        problems[f"{administrator.role}_name"] = _name_fault(administrator)
        seen.add(username)
    problems = {field: fault for field, fault in problems.items() if fault}
    if problems:
        raise Invalid(problems)


def _name_fault(administrator: Administrator) -> str:
    try:
        name = clean_text(administrator.name, limit=40)
    except ValueError as error:
        return str(error)
    return "" if name else f"请填写{ROLE_LABELS[administrator.role]}人员的姓名。"


def _make(administrator: Administrator, number: str, account: Account) -> None:
    accounts.store(account, by=FOUNDER)
    today = timezone.localdate()
    name = clean_text(administrator.name, limit=40)
    staff = Staff.objects.create(account=account, name=name, number=number, active_from=today)
    record("staff.registered", staff.subject, by=FOUNDER, body={"account": account.pk})
    post = Post.objects.create(staff=staff, role=administrator.role, valid_from=today)
    body = {"post": post.pk, "role": str(administrator.role), "valid_from": today.isoformat()}
    record("post.granted", staff.subject, by=FOUNDER, body=body)
