"""Who is asking, and who works here."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from yichuang.accounts import rules as accounts
from yichuang.accounts.models import Account, Token
from yichuang.kit.audience import MUST_CHANGE_PASSWORD
from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.lib.errors import NotFound
from yichuang.staff.models import Staff
from yichuang.staff.rules import CERTIFIED_ROLES, OWN_PASSWORD, WIDE_ROLES, Role, permissions_of

PAGE = 50


class _Row(NamedTuple):
    """A staff member with one post; without posts the last five are empty."""

    id: int
    name: str
    password: str
    must_change: bool
    role: str | None
    hall: int | None
    department: int | None
    valid_from: date | None
    valid_to: date | None
    scopes: str = ""


def _rows(people: QuerySet[Staff], *more: str) -> list[_Row]:
    """One statement: account, person and posts of whom may log in today."""
    today = timezone.localdate()
    at_work = people.filter(
        Q(active_to=None) | Q(active_to__gte=today), account__is_active=True, active_from__lte=today
    )
    columns = ("id", "name", "account__password", "account__must_change_password")
    posts = ("posts__role", "posts__hall", "posts__department", "posts__valid_from", "posts__valid_to")
    return [_Row(*row) for row in at_work.order_by().values_list(*columns, *posts, *more)]


def _actor(rows: list[_Row], *, scopes: frozenset[str] | None = None) -> Actor | None:
    if not rows:
        return None
    today = timezone.localdate()
    posts = [r for r in rows if r.valid_from and r.valid_from <= today and (r.valid_to is None or today <= r.valid_to)]
    halls = frozenset(r.hall for r in posts if r.hall is not None)
    departments = frozenset(r.department for r in posts if r.department is not None)
    permissions = permissions_of(r.role for r in posts if r.role)
    if rows[0].must_change:
        # Until then only the password page is open: the initial password is known to two people.
        permissions = frozenset({MUST_CHANGE_PASSWORD, OWN_PASSWORD})
    return Actor(
        ActorKind.STAFF,
        str(rows[0].id),
        name=rows[0].name,
        permissions=permissions if scopes is None else permissions & scopes,
        scope=Scope(any(r.role in WIDE_ROLES for r in posts), halls, departments),
        hall=_only(halls),
        department=_only(departments),
    )


def _only(keys: frozenset[int]) -> int | None:
    """The place where somebody works is known without asking only when there is just one."""
    return next(iter(keys)) if len(keys) == 1 else None


def actor_of(account_id: int, *, session_hash: str) -> Actor | None:
    """Who holds this session, in one query; None when locked, gone, or when the password changed since."""
    rows = _rows(Staff.objects.filter(account=account_id))
    if not rows or not _is_hash_of(rows[0].password, session_hash):
        return None
    return _actor(rows)


def _is_hash_of(password: str, session_hash: str) -> bool:
    account = Account(password=password)
    known = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    return any(constant_time_compare(session_hash, one) for one in known)


def actor_of_account(account: Account) -> Actor | None:
    """Who has just proven the password of this account."""
    return _actor(_rows(Staff.objects.filter(account=account.pk)))


def actor_of_username(username: str) -> Actor:
    """Who a known account belongs to; for commands and demo data, never for requests."""
    found = _actor(_rows(Staff.objects.filter(account__username=username)))
    if found is None:
        raise NotFound(f"没有在用的账号“{username}”。")
    return found


def actor_of_token(raw: str) -> Actor | None:
    """Whose token this is, in one query: at most what its scopes say and at most what its holder may today."""
    now = timezone.now()
    rows = _rows(
        Staff.objects.filter(
            account__tokens__hash=accounts.secret_hash(raw),
            account__tokens__revoked_at=None,
            account__tokens__approved_at__lte=now,
            account__tokens__expires_at__gt=now,
        ),
        "account__tokens__scopes",
    )
    return _actor(rows, scopes=frozenset(rows[0].scopes.split())) if rows else None


def roles_of(staff: Staff) -> frozenset[Role]:
    """The roles somebody holds today."""
    today = timezone.localdate()
    return frozenset(Role(post.role) for post in staff.posts.all() if post.holds_on(today))


def lacks_certificate(staff: Staff) -> bool:
    """Whether somebody stands at a window today without a certificate in force (持证上岗)."""
    today = timezone.localdate()
    return bool(roles_of(staff) & CERTIFIED_ROLES) and not any(c.is_valid_on(today) for c in staff.certificates.all())


def visible_to(by: Actor) -> QuerySet[Staff]:
    """Those an actor may see: everybody, or those who have or had a post in the actor's halls and departments."""
    if not by.may("staff.view"):
        return Staff.objects.none()
    if by.scope.everything:
        return Staff.objects.all()
    near = Q(posts__hall__in=by.scope.halls) | Q(posts__department__in=by.scope.departments)
    return Staff.objects.filter(pk__in=Staff.objects.filter(near).values("pk"))


def staff_for(by: Actor, pk: int) -> Staff:
    """The person, or NotFound: out of reach and not there look the same."""
    found = (
        visible_to(by)
        .select_related("account", "deputy")
        .prefetch_related("posts", "skills", "certificates")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list. ``next`` is where the following one begins, empty at the end."""

    rows: list[Staff]
    next: str


def people(by: Actor, words: str, *, after: str) -> Page:
    """Those whose name or number begins with the words, in the order of their numbers."""
    found = (
        visible_to(by).select_related("account").prefetch_related("posts__hall", "posts__department", "certificates")
    )
    if words:
        found = found.filter(Q(name__startswith=words) | Q(number__startswith=words))
    rows = list(found.filter(number__gt=after).order_by("number")[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].number if len(rows) > PAGE else "")


def tokens() -> QuerySet[Token]:
    """All tokens with their holders, newest first."""
    return Token.objects.select_related("account__staff")
