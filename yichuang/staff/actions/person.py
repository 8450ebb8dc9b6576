"""People (人员): registered, changed, given a deputy, an account, skills and certificates."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from yichuang.accounts.actions import account as accounts
from yichuang.accounts.models import Account
from yichuang.kit.secret import seal
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.staff.models import Staff

_TAKEN = "这个工号已经登记过。"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a person."""

    name: str
    number: str
    phone: str = ""
    deputy: Staff | None = None


def register(particulars: Particulars, *, by: Actor, account: Account | None = None) -> Staff:
    """A new person, at work from today."""
    _may_edit(by=by)
    values = _checked(particulars)
    staff = Staff(account=account, active_from=timezone.localdate(), deputy=particulars.deputy, **values)
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
            _write_phone(staff, particulars.phone)
            record("staff.registered", staff.subject, by=by, body={"account": account.pk if account else None})
    except IntegrityError:
        raise Invalid({"number": _TAKEN}) from None
    return staff


def change(staff: Staff, particulars: Particulars, *, by: Actor) -> None:
    """Correct name, number, phone and deputy."""
    _may_edit(by=by)
    values = _checked(particulars)
    if particulars.deputy is not None and particulars.deputy.pk == staff.pk:
        raise Invalid({"deputy": "互补岗须由另一个人担任。"})
    deputy = particulars.deputy.pk if particulars.deputy else None
    try:
        with transaction.atomic():
            Staff.objects.filter(pk=staff.pk).update(**values, deputy=deputy)
            _write_phone(staff, particulars.phone)
            record("staff.changed", staff.subject, by=by, body={"deputy": deputy})
    except IntegrityError:
        raise Invalid({"number": _TAKEN}) from None


def leave(staff: Staff, *, last_day: date, by: Actor) -> None:
    """The person's last day of work. From the day after neither sessions nor tokens open anything."""
    _may_edit(by=by)
    if last_day < staff.active_from:
        raise Invalid({"last_day": "离岗日期不能早于到岗日期。"})
    with transaction.atomic():
        Staff.objects.filter(pk=staff.pk).update(active_to=last_day)
        record("staff.left", staff.subject, by=by, body={"last_day": last_day.isoformat()})


def open_account(staff: Staff, username: str, *, by: Actor) -> str:
    """An account for somebody registered; returns the initial password, which nobody sees a second time."""
    if not by.may("staff.accounts"):
        raise Refused("您不能建立账号。", permission="staff.accounts")
    account, initial = accounts.prepare(username)
    with transaction.atomic():
        accounts.store(account, by=by)
        if not Staff.objects.filter(pk=staff.pk, account=None).update(account=account):
            raise Conflict(f"{staff.name}已经有账号。")
        record("staff.account_opened", staff.subject, by=by, body={"account": account.pk})
    return initial


def _may_edit(*, by: Actor) -> None:
    if not by.may("staff.edit"):
        raise Refused("您不能登记人员。", permission="staff.edit")


def _checked(particulars: Particulars) -> dict[str, str]:
    problems: dict[str, str] = {}
    values: dict[str, str] = {}
    for field, limit, word in (("name", 40, "姓名"), ("number", 20, "工号")):
        try:
            values[field] = clean_text(getattr(particulars, field), limit=limit)
        except ValueError as error:
            problems[field] = str(error)
        else:
            if not values[field]:
                problems[field] = f"请填写{word}。"
    digits = _digits(particulars.phone)
    if digits and not (digits.isascii() and digits.isdecimal() and 7 <= len(digits) <= 15):
        problems["phone"] = "电话号码应为 7 至 15 位数字。"
    if problems:
        raise Invalid(problems)
    return values


def _digits(phone: str) -> str:
    return phone.strip().replace("-", "").replace(" ", "")


def _write_phone(staff: Staff, phone: str) -> None:
    """Sealed for its own row, so the row must exist first."""
    sealed = seal(_digits(phone), table="staff", column="phone", row=staff.pk)
    Staff.objects.filter(pk=staff.pk).update(phone_sealed=sealed)
    staff.phone_sealed = sealed
