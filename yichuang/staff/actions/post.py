"""Posts (岗位): granted and ended by the security administrator, never to oneself, never against 三员分立."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from yichuang.accounts.actions import installation
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.places.models import Department, Hall
from yichuang.staff.models import Post, Staff
from yichuang.staff.rules import ADMINISTRATORS, ROLE_LABELS, Role, clash, place_fault


@dataclass(frozen=True, slots=True)
class Term:
    """From the first to the last day; today, and for good, when not said."""

    first: date | None = None
    last: date | None = None


def grant(
    staff: Staff,
    role: Role,
    *,
    by: Actor,
    at: Hall | Department | None = None,
    term: Term | None = None,
) -> Post:
    """Give a person a post. Raises Invalid with what does not fit, Refused for who may not grant."""
    _may_grant(staff, by=by)
    first, last = _days(term or Term())
    hall = at if isinstance(at, Hall) else None
    department = at if isinstance(at, Department) else None
    if fault := place_fault(role, has_hall=hall is not None, has_department=department is not None):
        raise Invalid({"role": fault})
    post = Post(staff=staff, role=role, hall=hall, department=department, valid_from=first, valid_to=last)
    with transaction.atomic():
        # Two grants that exclude one another would both pass if they did not queue here.
        installation.take_turn()
        _check_against_others(post)
        post.save(force_insert=True)
        record("post.granted", staff.subject, by=by, body=_body(post))
    return post


def end(post: Post, *, by: Actor, last_day: date | None = None) -> None:
    """Set the last day; without one the post ends at once, and from the next request on nothing is left of it."""
    _may_grant(post.staff, by=by)
    today = timezone.localdate()
    last = last_day or today - timedelta(days=1)
    if last_day is not None and last_day < today:
        raise Invalid({"last_day": "最后一天不能早于今天；要立即终止，请把日期留空。"})
    if post.valid_to is not None and last > post.valid_to:
        raise Invalid({"last_day": "最后一天只能提前，不能推后；要延长，请另行授予。"})
    with transaction.atomic():
        installation.take_turn()
        # The UPDATE names the end it saw, so that of two at once one is told.
        if not Post.objects.filter(pk=post.pk, valid_to=post.valid_to).exclude(valid_to=last).update(valid_to=last):
            raise Conflict("这个岗位已经终止。")
        if Role(post.role) in ADMINISTRATORS:
            refuse_without_holder(Role(post.role))
        body = {"post": post.pk, "role": post.role, "last_day": last.isoformat()}
        record("post.ended", post.staff.subject, by=by, body=body)
    post.valid_to = last


def refuse_without_holder(role: Role) -> None:
    """Somebody must be left who can log in with this role, else nobody could ever be appointed again."""
    today = timezone.localdate()
    holders = _in_force(Post.objects.filter(role=role, valid_to=None), today, None).filter(
        Q(staff__active_to=None) | Q(staff__active_to__gte=today), staff__account__is_active=True
    )
    if not holders.exists():
        raise Refused(f"这是最后一位“{ROLE_LABELS[role]}”，请先任命接替的人。")


def _may_grant(staff: Staff, *, by: Actor) -> None:
    if not by.may("staff.grant"):
        raise Refused("您不能授予或终止岗位。", permission="staff.grant")
    if by.reference == staff.subject:
        raise Refused("不能给自己授予或终止岗位。", who="另一位安全保密管理人员")


def _days(term: Term) -> tuple[date, date | None]:
    today = timezone.localdate()
    first = term.first or today
    if first < today:
        raise Invalid({"valid_from": "开始日期不能早于今天。"})
    if term.last is not None and term.last < first:
        raise Invalid({"valid_to": "结束日期不能早于开始日期。"})
    return first, term.last


def _in_force(posts: QuerySet[Post], first: date, last: date | None) -> QuerySet[Post]:
    """Posts that hold on some day of a stretch of time."""
    posts = posts.filter(Q(valid_to=None) | Q(valid_to__gte=first))
    return posts if last is None else posts.filter(valid_from__lte=last)


def _check_against_others(post: Post) -> None:
    held = list(_in_force(Post.objects.filter(staff=post.staff), post.valid_from, post.valid_to))
    for other in held:
        # Post by post: only those that hold on the same day can clash.
        if sentence := clash([other.role, post.role]):
            raise Invalid({"role": sentence})
    place = (post.role, post.hall_id, post.department_id)
    if any((other.role, other.hall_id, other.department_id) == place for other in held):
        raise Invalid({"role": f"{post.staff.name}在这段时间已经担任这个岗位。"})


def _body(post: Post) -> dict[str, object]:
    return {
        "post": post.pk,
        "role": str(post.role),
        "hall": post.hall_id,
        "department": post.department_id,
        "valid_from": post.valid_from.isoformat(),
        "valid_to": post.valid_to.isoformat() if post.valid_to else None,
    }
