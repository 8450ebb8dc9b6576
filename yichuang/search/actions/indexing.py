"""Filing entries (建立索引): the index follows the register it describes, in the same transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

from yichuang.search import formats
from yichuang.search.models import IndexedEntry, Posting
from yichuang.search.rules import MAX_WEIGHT, Entry
from yichuang.search.rules.sounds import spell
from yichuang.search.rules.terms import all_names, number, of_entry

__all__ = ["Entry", "put", "remove"]

_CHUNK = 500
_FIELDS = ["kind", "key", "title", "department", "names", "sounds", "weight"]


def put(entries: Sequence[Entry]) -> None:
    """File the entries, each in place of what was filed under its kind and key. Unchanged entries cost no write.

    Rows are always locked in the same order (entries, then terms, each by id), so that two who file at once
    wait for each other and do not block each other; call it once a transaction, not once an entry.
    """
    _inside_a_transaction()
    rows = {row.id: (row, entry) for entry in map(_with_short_forms, entries) for row in [_row(entry)]}
    change: Counter[int] = Counter()
    texts: dict[int, str] = {}
    for ids in _chunks(sorted(rows)):
        _put_chunk({row_id: rows[row_id] for row_id in ids}, change, texts)
    _count(change, texts)


def remove(kind: str, keys: Iterable[str]) -> None:
    """Take entries out of the index. Keys that are not filed are passed over."""
    _inside_a_transaction()
    change: Counter[int] = Counter()
    for ids in _chunks(sorted({number(f"{kind}|{key}") for key in keys})):
        # The update takes the rows' locks before their postings are counted.
        IndexedEntry.objects.filter(id__in=ids).update(weight=0)
        change.subtract(_filed_terms(ids))
        Posting.objects.filter(entry__in=ids).delete()
        IndexedEntry.objects.filter(id__in=ids).delete()
    _count(change, {})


def _put_chunk(rows: dict[int, tuple[IndexedEntry, Entry]], change: Counter[int], texts: dict[int, str]) -> None:
    known = IndexedEntry.objects.in_bulk(list(rows))
    changed = [row for row_id, (row, _) in rows.items() if not _same(known.get(row_id), row)]
    if not changed:
        return
    # The upsert comes before the postings are read: it holds the rows until the end of the transaction.
    IndexedEntry.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=_FIELDS)
    ids = [row.id for row in changed]
    change.subtract(_filed_terms(ids))
    Posting.objects.filter(entry__in=ids).delete()
    postings = []
    for row in changed:
        for text in of_entry(rows[row.id][1]):
            term = number(text)
            texts[term] = text
            change[term] += 1
            postings.append((term, len(row.title), row.id))
    _insert("search_posting (term, size, entry)", sorted(postings))


def _filed_terms(ids: Sequence[int]) -> Counter[int]:
    return Counter(Posting.objects.filter(entry__in=ids).values_list("term", flat=True))


def _count(change: Counter[int], texts: dict[int, str]) -> None:
    """Bring the frequencies in line. They are added to, never set, so that two who file at once both count."""
    moved = sorted((term, texts.get(term, ""), by) for term, by in change.items() if by)
    add = "ON CONFLICT (id) DO UPDATE SET frequency = search_term.frequency + excluded.frequency"
    _insert("search_term (id, text, frequency)", moved, add)


def _insert(into: str, rows: Sequence[tuple[object, ...]], conflict: str = "") -> None:
    """Many rows a statement. Plain SQL because the ORM can only set on conflict, not add."""
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            places = ",".join(["(%s,%s,%s)"] * len(chunk))
            values = [value for row in chunk for value in row]
            cursor.execute(f"INSERT INTO {into} VALUES {places} {conflict}", values)  # noqa: S608 - no value in the text


def _with_short_forms(entry: Entry) -> Entry:
    return replace(entry, aliases=(*entry.aliases, *formats.built_in().shortened(entry.title)))


def _row(entry: Entry) -> IndexedEntry:
    names = all_names(entry.title, entry.aliases)
    return IndexedEntry(
        id=number(f"{entry.kind}|{entry.key}"),
        kind=entry.kind,
        key=entry.key,
        title=entry.title,
        department=entry.department,
        names="\n".join(names),
        sounds="\n".join(" ".join(spell(name)) for name in names),
        weight=min(max(entry.weight, 0), MAX_WEIGHT),
    )


def _same(known: IndexedEntry | None, row: IndexedEntry) -> bool:
    return known is not None and all(getattr(known, name) == getattr(row, name) for name in _FIELDS)


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK))


def _inside_a_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("the index is changed inside the transaction of the register it describes")
