"""How well an entry answers a reading: whole numbers only, so that every machine ranks alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from yichuang.search.rules import sounds, words
from yichuang.search.rules.entry import Hit
from yichuang.search.rules.reading import Alphabet, Reading
from yichuang.search.rules.synonyms import Synonyms
from yichuang.search.rules.terms import SIZES

_UNKNOWN = 10  # The weight of a group of symbols that no entry has: a slip of the pen must not decide everything.
_LEAST = 150  # Of 500: what must be covered at least to be shown.
_LITTLE = 75
_LEAST_MEANT = 350  # What a plain phrase stands for is an official name, so nearly all of it must be there.
_NAMES = {Alphabet.SOUND: "拼音", Alphabet.INITIALS: "拼音首字母"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be the answer, with its names in one form and spelled out (syllables apart)."""

    key: str
    title: str
    department: str
    weight: int
    names: tuple[str, ...]
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A reading with the weight of each of its groups of symbols and the least part that must be covered."""

    reading: Reading
    grams: tuple[tuple[str, int], ...]
    total: int
    least: int


def term_weight(frequency: int) -> int:
    """Rare terms weigh more: about the binary logarithm of how rare."""
    return max(1, 20 - frequency.bit_length())


def common_length(one: str, other: str) -> int:
    """Length of the longest common subsequence, bit by bit (Hyyrö 2004): quick enough for hundreds of names."""
    masks: dict[str, int] = {}
    for n, symbol in enumerate(one):
        masks[symbol] = masks.get(symbol, 0) | 1 << n
    full = (1 << len(one)) - 1
    row = full
    for symbol in other:
        match = row & masks.get(symbol, 0)
        row = ((row + match) | (row - match)) & full
    return len(one) - row.bit_count()


def differs_in_one(wanted: str, name: str) -> bool:
    """Whether the name holds the wanted symbols with exactly one of them wrong."""
    size = len(wanted)
    return any(
        sum(a != b for a, b in zip(wanted, name[start : start + size], strict=True)) <= 1
        for start in range(len(name) - size + 1)
    )


def rank(
    candidates: Iterable[Candidate],
    readings: tuple[Reading, ...],
    weights: Mapping[str, int],
    synonyms: Synonyms,
) -> list[Hit]:
    """All candidates that answer at least one reading, best first, ties by key.

    Where nothing answers well, what answers a little is better than an empty page.
    """
    pool = list(candidates)
    return _ranked(pool, readings, weights, synonyms, _LEAST) or _ranked(pool, readings, weights, synonyms, _LITTLE)


def _ranked(
    candidates: list[Candidate],
    readings: tuple[Reading, ...],
    weights: Mapping[str, int],
    synonyms: Synonyms,
    least: int,
) -> list[Hit]:
    prepared = [_wanted(reading, weights, least) for reading in readings]
    hits = []
    for candidate in candidates:
        spelled = cache(partial(_spelled, candidate))  # Several readings share an alphabet.
        score, why = max(_score(candidate, spelled(wanted.reading.alphabet), wanted, synonyms) for wanted in prepared)
        if score > 0:
            hits.append(Hit(candidate.key, candidate.title, candidate.department, score + candidate.weight, why))
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))


def _wanted(reading: Reading, weights: Mapping[str, int], least: int) -> _Wanted:
    grams = words.grams(reading.symbols, SIZES[reading.alphabet]) or [reading.symbols]
    weighed = tuple((gram, weights.get(reading.alphabet + gram, _UNKNOWN)) for gram in grams if gram)
    total = max(sum(weight for _, weight in weighed), 1)
    return _Wanted(reading, weighed, total, _LEAST_MEANT if reading.said else least)


def _spelled(candidate: Candidate, alphabet: Alphabet) -> tuple[str, ...]:
    if alphabet is Alphabet.WRITING:
        return candidate.names
    spell: Callable[[list[str]], str] = sounds.coded if alphabet is Alphabet.SOUND else sounds.initials
    return tuple(spell(line.split()) for line in candidate.sounds)


def _score(candidate: Candidate, names: tuple[str, ...], wanted: _Wanted, synonyms: Synonyms) -> tuple[int, str]:
    reading = wanted.reading
    department, why_department = _department_score(candidate.department, reading)
    if not reading.symbols:
        return (400 + department, why_department) if department > 0 else (0, "")
    best, why = max((_name_score(name, wanted) for name in names), default=(0, ""))
    if not best:
        return 0, ""
    best += department + reading.bonus + _act_score(candidate.title, reading.symbols, synonyms)
    if reading.said:
        why = f"常用说法“{reading.said}”"
    return max(best, 1), "，".join(part for part in (why, why_department) if part)


def _name_score(name: str, wanted: _Wanted) -> tuple[int, str]:
    covered = 0
    for gram, weight in wanted.grams:  # A plain loop: this line runs thousands of times a search.
        if gram in name:
            covered += weight
    cover = 500 * covered // wanted.total
    if cover < wanted.least:
        return 0, ""
    symbols, alphabet = wanted.reading.symbols, wanted.reading.alphabet
    if alphabet is Alphabet.INITIALS and symbols not in name:
        return 0, ""
    in_order = common_length(symbols, name)
    score = cover + 200 * in_order // len(symbols) + 100 * len(symbols) // max(len(name), len(symbols))
    bonus, why = _fit(symbols, name, in_order)
    if alphabet in _NAMES:
        return score + bonus - 40, _NAMES[alphabet]
    return score + bonus, why


def _fit(wanted: str, name: str, in_order: int) -> tuple[int, str]:
    if wanted == name:
        return 200, "名称相同"
    if name.startswith(wanted):
        return 130, "名称开头相同"
    if wanted in name:
        return 110, "名称包含"
    if len(wanted) >= 4 and in_order >= len(wanted) - 1 and differs_in_one(wanted, name):
        return 70, "名称相近，差一个字"
    return 0, "名称相近"


def _act_score(title: str, wanted: str, synonyms: Synonyms) -> int:
    """Who does not say otherwise wants a thing for the first time, not to change or end it."""
    if any(act in title and act not in wanted for act in synonyms.later_acts):
        return -40
    return 15 if any(act in title for act in synonyms.first_acts) else 0


def _department_score(department: str, reading: Reading) -> tuple[int, str]:
    if not reading.departments:
        return 0, ""
    name = words.flat(department)
    if any(form in name for form in reading.departments):
        return 150, f"部门：{department}"
    return -150, ""
