"""Reading the ledger: pages of events, one subject's history, the published root, the free text of an event."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from yichuang.kit.secret import CannotOpenError, decrypt, unseal
from yichuang.ledger.models import Cursor, Detail, Event, Head, Lease, Parked, Seal
from yichuang.ledger.rules import Entry, SealEntry, detail_matches

_SALT = 16
PAGE = 50
CHUNK = 2_000


class TextState(StrEnum):
    NONE = "none"
    READABLE = "readable"
    ERASED = "erased"
    BROKEN = "broken"


TEXT_WORDS = {
    TextState.NONE: "这条记录没有说明文字。",
    TextState.READABLE: "",
    TextState.ERASED: "说明文字已删除：当事人的密钥已依法销毁。",
    TextState.BROKEN: "说明文字打不开，或与记账时的校验值不符。",
}


@dataclass(frozen=True, slots=True)
class Text:
    """The free text of an event, or why it can't be read."""

    state: TextState
    plain: str = ""

    @property
    def words(self) -> str:
        return self.plain or TEXT_WORDS[self.state]


def text_of(event: Event) -> Text:
    """Decrypt the detail of an event and compare it with the hash in its body."""
    detail = Detail.objects.select_related("key").filter(event_id=event.pk).first()
    return _text(event.entry, detail)


def _text(entry: Entry, detail: Detail | None) -> Text:
    expected = entry.facts.get("detail_sm3")
    if expected is None and detail is None:
        return Text(TextState.NONE)
    if detail is None:
        return Text(TextState.BROKEN)
    if detail.key.destroyed_at is not None:
        return Text(TextState.ERASED)
    try:
        key = bytes.fromhex(unseal(detail.key.wrapped, table="party_key", column="wrapped", row=detail.key.pk))
        opened = decrypt(base64.urlsafe_b64decode(detail.sealed), place=f"detail|{entry.id}", key=key)
        plain = opened[_SALT:].decode()
    except (CannotOpenError, ValueError):
        return Text(TextState.BROKEN)
    is_true = detail_matches(expected, opened[:_SALT], plain)
    return Text(TextState.READABLE, plain) if is_true else Text(TextState.BROKEN)


def text_states(entries: list[Entry]) -> Iterator[tuple[Entry, TextState]]:
    """The state of every text among these events, in one query."""
    details = {d.event_id: d for d in Detail.objects.select_related("key").filter(event_id__in=[e.id for e in entries])}
    for entry in entries:
        state = _text(entry, details.get(entry.id)).state
        if state is not TextState.NONE:
            yield entry, state


def newest_position() -> int:
    return (
        Event.objects.filter(position__isnull=False).order_by("-position").values_list("position", flat=True).first()
        or 0
    )


def unnumbered() -> int:
    return Event.objects.filter(position=None).count()


def unsealed() -> int:
    """How many numbered events wait for their seal."""
    last = Seal.objects.order_by("-number").values_list("last", flat=True).first() or 0
    return newest_position() - last


def numbered(until: int) -> Iterator[list[Entry]]:
    """All numbered events up to a position, in chunks and in order."""
    after = 0
    while True:
        rows = Event.objects.filter(position__gt=after, position__lte=until).order_by("position")[:CHUNK]
        chunk = [event.entry for event in rows]
        if not chunk:
            return
        yield chunk
        after = chunk[-1].position or 0


def seals(until: int) -> list[SealEntry]:
    """Every seal that ends at or before a position, oldest first."""
    return [seal.entry for seal in Seal.objects.filter(last__lte=until).order_by("number")]


def heads_without_their_events() -> list[str]:
    """Subjects that have counted further than they have events: some of theirs are gone."""
    events = (
        Event.objects.filter(subject=OuterRef("subject"))
        .order_by()
        .values("subject")
        .annotate(n=Count("id"))
        .values("n")
    )
    counted = Head.objects.annotate(n=Coalesce(Subquery(events), 0)).exclude(seq=F("n"))
    return list(counted.order_by("subject").values_list("subject", flat=True)[:100])


def recent(*, subject: str = "", kind: str = "", before: int | None = None) -> list[Event]:
    """A page of events, newest first, from below ``before`` (an id); one more than fits when there are older ones.

    Equality on indexed columns and a bound on the id: the last page costs what the first one does.
    """
    events: QuerySet[Event] = Event.objects.order_by("-id")
    if subject:
        events = events.filter(subject=subject)
    if kind:
        events = events.filter(kind=kind)
    if before is not None:
        events = events.filter(id__lt=before)
    return list(events[: PAGE + 1])


def history(subject: str, *, before: int | None = None) -> list[Event]:
    """A page of one subject's events, newest first, from below ``before`` (a seq)."""
    events = Event.objects.filter(subject=subject).order_by("-seq")
    if before is not None:
        events = events.filter(seq__lt=before)
    return list(events[: PAGE + 1])


def recent_seals(*, before: int | None = None) -> list[Seal]:
    rows = Seal.objects.order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows[: PAGE + 1])


@dataclass(frozen=True, slots=True)
class PublishedRoot:
    """What leaves the house: the newest seal, and the last one of the newest day that is over."""

    newest: Seal | None
    daily: Seal | None


def published_root(now: datetime) -> PublishedRoot:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    newest = Seal.objects.order_by("-number").first()
    daily = Seal.objects.filter(sealed_at__lt=midnight).order_by("-sealed_at").first()
    return PublishedRoot(newest, daily)


def open_failures() -> list[Parked]:
    """What subscribers have failed on and not yet done, oldest first."""
    return list(Parked.objects.filter(done_at=None).select_related("event").order_by("id")[:200])


def cursors() -> list[Cursor]:
    return list(Cursor.objects.order_by("subscriber"))


def lease(name: str) -> Lease | None:
    return Lease.objects.filter(name=name).first()
