"""Finding entries: three round trips, always (synonyms if they changed, how rare the terms are, the candidates)."""

from collections import defaultdict

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Sum, Value, When

from yichuang.search import formats
from yichuang.search.models import Edition, IndexedEntry, Posting, Synonym, Term
from yichuang.search.rules import Hit
from yichuang.search.rules.ranking import Candidate, rank, term_weight
from yichuang.search.rules.reading import read
from yichuang.search.rules.synonyms import Synonyms
from yichuang.search.rules.terms import Lookup, filed, number, of_readings

_CANDIDATES = 200
# How many postings one search may count: rare terms decide, common ones are left to the ranking.
_POSTINGS = 12_000
_BEGINNINGS = 300
_MOST = 100

_known: tuple[int, Synonyms] | None = None


def find(kind: str, words: str, *, limit: int = 10, department: str = "") -> list[Hit]:
    """The entries of a kind that answer the words best; with ``department`` only those of exactly that one."""
    synonyms = current_synonyms()
    readings = read(words, synonyms)
    terms = _terms(of_readings(kind, readings)) if readings else []
    if not terms:
        return []
    prefix = len(filed(kind, "", ""))
    weights = {term.text[prefix:]: term_weight(term.frequency) for term in terms}
    found = [_candidate(row) for row in _candidates(_affordable(terms), department)]
    return rank(found, readings, weights, synonyms)[: min(max(limit, 0), _MOST)]


def current_synonyms() -> Synonyms:
    """The built-in synonyms under the hall's own.

    One statement, which gives rows only when the token is not the one this process knows.
    """
    global _known  # noqa: PLW0603 - a cache of the process, replaced whole
    seen = _known
    changed = Edition.objects.exclude(token=seen[0] if seen else -1)
    rows = list(changed.values_list("token", "synonyms__say", "synonyms__mean"))
    if rows:
        own = [(say, mean) for _, say, mean in rows if say is not None]
        seen = _known = (rows[0][0], formats.built_in().overlaid(own))
    return seen[1] if seen else formats.built_in()


def _terms(lookup: Lookup) -> list[Term]:
    wanted = Q(id__in=[number(text) for text in lookup.whole])
    for beginning in lookup.beginnings:
        # A range and not LIKE: it uses the index on both databases, and its upper end is the last character there is.
        wanted |= Q(text__gte=beginning, text__lt=beginning + "\U0010ffff")
    found = Term.objects.filter(wanted, frequency__gt=0).order_by("frequency", "text")
    return list(found[: len(lookup.whole) + _BEGINNINGS])


def _affordable(terms: list[Term]) -> list[Term]:
    """The rarest terms, as many as may be counted; always at least one."""
    chosen: list[Term] = []
    rows = 0
    for term in terms:
        rows += term.frequency
        if chosen and rows > _POSTINGS:
            break
        chosen.append(term)
    return chosen


def _candidates(terms: list[Term], department: str) -> QuerySet[IndexedEntry]:
    by_weight: dict[int, list[int]] = defaultdict(list)
    for term in terms:
        by_weight[term_weight(term.frequency)].append(term.id)
    cases = [When(term__in=ids, then=Value(weight)) for weight, ids in sorted(by_weight.items())]
    postings = Posting.objects.filter(term__in=[term.id for term in terms])
    if department:
        postings = postings.filter(entry__in=IndexedEntry.objects.filter(department=department).values("id"))
    scored = postings.values("entry").annotate(
        score=Sum(Case(*cases, default=Value(0), output_field=IntegerField())), shortest=Min("size")
    )
    best = scored.order_by("-score", "shortest", "entry").values("entry")[:_CANDIDATES]
    return IndexedEntry.objects.filter(id__in=best)


def _candidate(row: IndexedEntry) -> Candidate:
    names, sounds = tuple(row.names.split("\n")), tuple(row.sounds.split("\n"))
    return Candidate(row.key, row.title, row.department, row.weight, names, sounds)


def own_phrases() -> list[tuple[str, str]]:
    """The phrases this hall added or took away, with what they stand for ("" for nothing), in their order."""
    return list(Synonym.objects.order_by("say").values_list("say", "mean"))
