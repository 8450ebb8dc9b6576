"""Qualifications (技能和证书): what a person can do, and what certifies it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.staff.models import Certificate, Skill, Staff
from yichuang.staff.queries import staff_for
from yichuang.staff.rules import Level


@dataclass(frozen=True, slots=True)
class CertificateText:
    """What is printed on the certificate."""

    name: str
    level: Level
    number: str
    issued_on: date
    expires_on: date | None = None


def set_skills(staff: Staff, names: Iterable[str], *, by: Actor) -> None:
    """Exactly these skills; names not known yet become skills."""
    _may_qualify(staff, by=by)
    try:
        wanted = sorted({clean_text(name, limit=30) for name in names} - {""})
    except ValueError as error:
        raise Invalid({"skills": str(error)}) from error
    with transaction.atomic():
        Skill.objects.bulk_create([Skill(name=name) for name in wanted], ignore_conflicts=True)
        skills = list(Skill.objects.filter(name__in=wanted))
        staff.skills.set(skills)
        record("staff.skills_set", staff.subject, by=by, body={"skills": sorted(skill.pk for skill in skills)})


def add_certificate(staff: Staff, text: CertificateText, *, by: Actor) -> Certificate:
    _may_qualify(staff, by=by)
    values = _checked(text)
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(
                staff=staff, level=text.level, issued_on=text.issued_on, expires_on=text.expires_on, **values
            )
            body = {"certificate": certificate.pk, "level": str(text.level), "expires_on": _iso(text.expires_on)}
            record("staff.certified", staff.subject, by=by, body=body)
    except IntegrityError:
        raise Invalid({"number": "这个编号的证书已经登记过。"}) from None
    return certificate


def withdraw_certificate(certificate: Certificate, *, by: Actor) -> None:
    """Entered in error or withdrawn by the issuer. The row stays."""
    _may_qualify(certificate.staff, by=by)
    with transaction.atomic():
        valid = Certificate.objects.filter(pk=certificate.pk, withdrawn_on=None)
        if not valid.update(withdrawn_on=timezone.localdate()):
            raise Conflict("这本证书已经注销。")
        record("staff.certificate_withdrawn", certificate.staff.subject, by=by, body={"certificate": certificate.pk})


def _may_qualify(staff: Staff, *, by: Actor) -> None:
    if not by.may("staff.qualify"):
        raise Refused("您不能登记技能和证书。", permission="staff.qualify")
    staff_for(by, staff.pk)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _checked(text: CertificateText) -> dict[str, str]:
    problems, values = {}, {}
    for field, limit, word in (("name", 60, "证书名称"), ("number", 40, "证书编号")):
        try:
            values[field] = clean_text(getattr(text, field), limit=limit)
        except ValueError as error:
            problems[field] = str(error)
        else:
            if not values[field]:
                problems[field] = f"请填写{word}。"
    if text.issued_on > timezone.localdate():
        problems["issued_on"] = "发证日期不能晚于今天。"
    if text.expires_on is not None and text.expires_on < text.issued_on:
        problems["expires_on"] = "有效期不能早于发证日期。"
    if problems:
        raise Invalid(problems)
    return values
