"""How well an entry answers a reading: whole numbers only, so that every machine ranks alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from yichuang.search.rules import sounds, words
from yichuang.search.rules.entry import Entry, Hit
from yichuang.search.rules.reading import Alphabet, Reading
from yichuang.search.rules.synonyms import Synonyms
from yichuang.search.rules.terms import SIZES, all_names

_UNKNOWN = 10  # The weight of a group of symbols that no entry has: a slip of the pen must not decide everything.
_LEAST = 150  # Of 500: what must be covered at least to be shown.
_LITTLE = 75
_LEAST_MEANT = 350  # What a plain phrase stands for is an official name, so nearly all of it must be there.
_NAMES = {Alphabet.SOUND: "拼音", Alphabet.INITIALS: "拼音首字母"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its names spelled out (``sounds``: one line a name, syllables apart)."""

    entry: Entry
    sounds: str


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
    prepared = [(reading, _gram_weights(reading, weights)) for reading in readings]
    hits = []
    for candidate in candidates:
        entry = candidate.entry
        by_alphabet = partial(_spelled, candidate)
        scored = (
            _score(entry, by_alphabet(reading.alphabet), reading, (grams, least), synonyms)
            for reading, grams in prepared
        )
        score, why = max(scored, key=lambda pair: (pair[0], pair[1]))
        if score > 0:
            hits.append(Hit(entry.key, entry.title, entry.department, score + entry.weight, why))
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))


def _gram_weights(reading: Reading, weights: Mapping[str, int]) -> dict[str, int]:
    grams = words.grams(reading.symbols, SIZES[reading.alphabet]) or [reading.symbols]
    return {gram: weights.get(reading.alphabet + gram, _UNKNOWN) for gram in grams if gram}


def _spelled(candidate: Candidate, alphabet: Alphabet) -> tuple[str, ...]:
    if alphabet is Alphabet.WRITING:
        return all_names(candidate.entry.title, candidate.entry.aliases)
    lines = [line.split() for line in candidate.sounds.splitlines()]
    spell: Callable[[list[str]], str] = sounds.coded if alphabet is Alphabet.SOUND else sounds.initials
    return tuple(spell(line) for line in lines)


def _score(
    entry: Entry, names: tuple[str, ...], reading: Reading, wanted: tuple[dict[str, int], int], synonyms: Synonyms
) -> tuple[int, str]:
    department, why_department = _department_score(entry, reading)
    if not reading.symbols:
        return (400 + department, why_department) if department > 0 else (0, "")
    best, why = max((_name_score(name, reading, *wanted) for name in names), default=(0, ""))
    if not best:
        return 0, ""
    best += department + reading.bonus + _act_score(entry.title, reading.symbols, synonyms)
    if reading.said:
        why = f"常用说法“{reading.said}”"
    return max(best, 1), "，".join(part for part in (why, why_department) if part)


def _name_score(name: str, reading: Reading, grams: dict[str, int], least: int) -> tuple[int, str]:
    wanted = reading.symbols
    cover = 500 * sum(w for gram, w in grams.items() if gram in name) // max(sum(grams.values()), 1)
    if cover < (_LEAST_MEANT if reading.said else least) or (
        reading.alphabet is Alphabet.INITIALS and wanted not in name
    ):
        return 0, ""
    in_order = common_length(wanted, name)
    score = cover + 200 * in_order // len(wanted) + 100 * len(wanted) // max(len(name), len(wanted))
    bonus, why = _fit(wanted, name, in_order)
    if reading.alphabet in _NAMES:
        return score + bonus - 40, _NAMES[reading.alphabet]
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


def _department_score(entry: Entry, reading: Reading) -> tuple[int, str]:
    if not reading.departments:
        return 0, ""
    name = words.flat(entry.department)
    if any(form in name for form in reading.departments):
        return 150, f"部门：{entry.department}"
    return -150, ""
