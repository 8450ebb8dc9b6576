"""Throttling (限次): failures are counted by key and by address, and the waits grow."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Case, DateTimeField, F, PositiveIntegerField, Q, Value, When
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.accounts.models import Attempt
from yichuang.kit.secret import blind_index
from yichuang.lib.errors import TooMany

# Not "now": a process that asked a moment earlier and waited for the row would find itself blocked until then.
_NOT_BLOCKED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Counter:
    key: str
    free: int
    memory: timedelta


def _of_key(purpose: str, key: str) -> _Counter:
    fingerprint = blind_index(f"{purpose}|key|{key}", purpose="accounts.attempt")
    return _Counter(fingerprint, rules.FREE_TRIES_OF_KEY, rules.MEMORY_OF_KEY)


def _of_address(purpose: str, address: str) -> _Counter:
    fingerprint = blind_index(f"{purpose}|address|{address}", purpose="accounts.attempt")
    return _Counter(fingerprint, rules.FREE_TRIES_OF_ADDRESS, rules.MEMORY_OF_ADDRESS)


def _counters(purpose: str, key: str, address: str) -> list[_Counter]:
    both = [_of_key(purpose, key), _of_address(purpose, address)]
    return sorted(both, key=lambda counter: counter.key)  # One order for all, so that nobody waits in a circle.


def check(purpose: str, key: str, address: str) -> None:
    """Raise TooMany, with the time to wait in words, while the key or the address is blocked."""
    now = timezone.now()
    keys = [counter.key for counter in _counters(purpose, key, address)]
    until = Attempt.objects.filter(key__in=keys, blocked_until__gt=now).order_by("-blocked_until").first()
    if until is not None:
        _refuse((until.blocked_until - now).total_seconds())


@transaction.atomic
def count(purpose: str, key: str, address: str) -> None:
    """Count a failure."""
    for counter in _counters(purpose, key, address):
        _count(counter)


def take(purpose: str, key: str, address: str) -> None:
    """Count a try *before* it is made, or raise TooMany: a hundred guesses at once get as many tries as one by one."""
    check(purpose, key, address)
    with transaction.atomic():
        counted = [_count(counter) for counter in _counters(purpose, key, address)]
    if not all(counted):
        check(purpose, key, address)
        _refuse(1)


@transaction.atomic
def give_back(purpose: str, key: str, address: str) -> None:
    """The try succeeded: the key starts afresh, the address gets its one try back."""
    forget(purpose, key)
    address_counter = _of_address(purpose, address)
    # Not set to nothing: else whoever has one account of their own could guess at others without end.
    Attempt.objects.filter(key=address_counter.key, failures__gt=0).update(
        failures=F("failures") - 1,
        blocked_until=Case(
            When(failures__lte=address_counter.free, then=Value(_NOT_BLOCKED)),
            default=F("blocked_until"),
            output_field=DateTimeField(),
        ),
    )


@transaction.atomic
def forget(purpose: str, key: str) -> None:
    """The key starts afresh. The row stays: another process may be about to count on it."""
    counter = _of_key(purpose, key)
    Attempt.objects.filter(key=counter.key).update(failures=0, blocked_until=_NOT_BLOCKED)


def _count(counter: _Counter) -> bool:
    """One conditional UPDATE: True when the try was free at this moment, however many ask at once."""
    now = timezone.now()
    Attempt.objects.bulk_create(
        [Attempt(key=counter.key, since=now, blocked_until=_NOT_BLOCKED)], ignore_conflicts=True
    )
    old = Q(since__lt=now - counter.memory)
    waits = [
        When(failures=known, then=Value(now + timedelta(seconds=rules.wait_after(known + 1, counter.free))))
        for known in range(counter.free - 1, counter.free + 5)
    ]
    return bool(
        Attempt.objects.filter(key=counter.key, blocked_until__lte=now).update(
            failures=Case(When(old, then=Value(1)), default=F("failures") + 1, output_field=PositiveIntegerField()),
            blocked_until=Case(
                When(old, then=Value(_NOT_BLOCKED)),
                When(failures__lt=counter.free - 1, then=Value(_NOT_BLOCKED)),
                *waits,
                default=Value(now + timedelta(seconds=rules.LONGEST_WAIT)),
                output_field=DateTimeField(),
            ),
            since=Case(When(old, then=Value(now)), default=F("since"), output_field=DateTimeField()),
        ),
    )


def _refuse(seconds: float) -> None:
    whole = max(1, int(-(-seconds // 1)))
    raise TooMany(f"尝试次数过多，请在 {rules.wait_in_words(whole)}后再试。", retry_after=whole)
