from django.db import models


class IndexedEntry(models.Model):
    """An entry of the index, as it was put. The id is the number of its kind and key (rules.terms.number)."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    department = models.CharField(max_length=100)
    names = models.TextField(help_text="title and aliases in one form, one a line")
    sounds = models.TextField(help_text="the same names spelled out, syllables apart")
    weight = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_kind_key")]


class Term(models.Model):
    """A group of characters, syllables or initials, and how many entries have it."""

    id = models.BigIntegerField(primary_key=True)
    text = models.CharField(max_length=40)
    frequency = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["text"], name="search_term_text")]


class Posting(models.Model):
    """One entry has one term. Rows are small on purpose: a catalogue of 50,000 items has two million.

    ``size`` is the length of the entry's title: of equally good candidates the shorter names are looked at first.
    """

    pk = models.CompositePrimaryKey("term", "size", "entry")
    term = models.BigIntegerField()
    size = models.SmallIntegerField()
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["entry"], name="search_posting_entry")]


class Edition(models.Model):
    """One row, whose token changes with every change of a synonym: each process then reads them again."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    token = models.BigIntegerField()


class Synonym(models.Model):
    """A plain phrase of this hall's citizens, over those that come with the programme (data/synonyms.json).

    An empty ``mean`` takes a phrase away; several fragments of official names are separated by blanks.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="synonyms")
    say = models.CharField(max_length=40, unique=True)
    mean = models.CharField(max_length=400, blank=True, default="")
