from datetime import UTC

from django.db import models
from django.db.models import F, Q

from yichuang.ledger.rules import Entry, SealEntry, moment_text


class Head(models.Model):
    """How many events a subject has; its upsert is the lock that makes ``seq`` gapless.

    ``last_id`` keeps the ids of one subject rising even when the clocks of two machines disagree, so that numbering in
    order of id never puts an event before its predecessor.
    """

    subject = models.CharField(max_length=60, primary_key=True)
    seq = models.BigIntegerField()
    last_id = models.BigIntegerField()


class Event(models.Model):
    """One thing that happened, never edited: audit trail, outbox and source of statistics at once.

    ``position`` is given once, by the leading worker; triggers refuse every other change and every deletion.
    """

    id = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=100)
    on_behalf_of = models.CharField(max_length=100, blank=True)
    hall = models.BigIntegerField(null=True)
    window = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    body = models.TextField(help_text="canonical JSON text; the hashes are over these bytes")
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_subject_seq", fields=["subject", "seq"]),
            models.CheckConstraint(name="event_seq_from_one", condition=Q(seq__gte=1)),
            models.CheckConstraint(name="event_position_from_one", condition=Q(position=None) | Q(position__gte=1)),
        ]
        indexes = [
            models.Index(name="event_unnumbered", fields=["id"], condition=Q(position=None)),
            models.Index(name="event_kind", fields=["kind", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject}#{self.seq} {self.kind}"

    @property
    def entry(self) -> Entry:
        return Entry(
            id=self.id,
            subject=self.subject,
            seq=self.seq,
            kind=self.kind,
            actor=self.actor,
            on_behalf_of=self.on_behalf_of,
            hall=self.hall,
            window=self.window,
            at=moment_text(self.at.astimezone(UTC)),
            body=self.body,
            position=self.position,
        )


class Seal(models.Model):
    """A Merkle root over a stretch of numbered events (封存), chained to the seal before; never changed."""

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    count = models.BigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seal_count", condition=Q(last__gte=F("first"), count=F("last") - F("first") + 1)
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 号封存"

    @property
    def entry(self) -> SealEntry:
        return SealEntry(
            number=self.number,
            first=self.first,
            last=self.last,
            count=self.count,
            root=self.root,
            previous=self.previous,
            hash=self.hash,
            sealed_at=moment_text(self.sealed_at.astimezone(UTC)),
        )


class PartyKey(models.Model):
    """A key under which free text about one person lies, itself wrapped by the master key outside the database.

    Destroying it erases all of that text at once; text written later lies under a new one. Party 0 is the installation
    itself, for text about nobody in particular.
    """

    id = models.BigIntegerField(primary_key=True)
    party = models.BigIntegerField()
    wrapped = models.CharField(max_length=200, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="party_key_one_alive", fields=["party"], condition=Q(destroyed_at=None)),
            models.CheckConstraint(
                name="party_key_destroyed_is_gone",
                condition=(Q(destroyed_at=None) & ~Q(wrapped="")) | Q(destroyed_at__isnull=False, wrapped=""),
            ),
        ]


class Detail(models.Model):
    """Free text of an event, encrypted together with its salt; the event's body holds the salted hash."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="detail")
    key = models.ForeignKey(PartyKey, models.PROTECT, related_name="+")
    sealed = models.TextField()


class Lease(models.Model):
    """Who leads for a while. For economy only: truth is in compare-and-swap."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=60)
    until = models.DateTimeField()


class Cursor(models.Model):
    """How far a subscriber has read; moved in the transaction of its effect."""

    subscriber = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)


class Parked(models.Model):
    """An event on which a subscriber failed: waited for until the fifth failure, then laid aside (搁置) and shown.

    ``parked_at`` is the fifth failure; ``retry_at`` is when the worker tries (again); ``done_at`` when it succeeded.
    """

    subscriber = models.CharField(max_length=60)
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200)
    retry_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="parked_once", fields=["subscriber", "event"])]
        indexes = [models.Index(name="parked_open", fields=["retry_at"], condition=Q(done_at=None))]
