"""The terms under which an entry is filed, and those a reading looks up."""

from dataclasses import dataclass
from hashlib import blake2b

from yichuang.search.rules import sounds, words
from yichuang.search.rules.entry import Entry
from yichuang.search.rules.reading import Alphabet, Reading

# Initials are filed by three: two letters are shared by too many names.
SIZES = {Alphabet.WRITING: 2, Alphabet.SOUND: 2, Alphabet.INITIALS: 3}
_END = "$"
_DEPARTMENT = "d"


@dataclass(frozen=True, slots=True)
class Lookup:
    """Whole terms, and beginnings of terms for queries shorter than a term."""

    whole: frozenset[str]
    beginnings: frozenset[str]


def number(text: str) -> int:
    """A name's number, the same on every machine: 63 bits, so rows need no lookup before they are written."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1


def filed(kind: str, alphabet: str, gram: str) -> str:
    return f"{kind}|{alphabet}{gram}"


def of_entry(entry: Entry) -> set[str]:
    found = {filed(entry.kind, _DEPARTMENT, gram) for gram in words.grams(words.flat(entry.department), 2)}
    for name in all_names(entry.title, entry.aliases):
        spelled = sounds.spell(name)
        alphabets = {
            Alphabet.WRITING: name,
            Alphabet.SOUND: sounds.coded(spelled),
            Alphabet.INITIALS: sounds.initials(spelled),
        }
        for alphabet, symbols in alphabets.items():
            # The end mark lets a last symbol, which begins no group of its own, be found by its beginning.
            found.update(filed(entry.kind, alphabet, gram) for gram in words.grams(symbols + _END, SIZES[alphabet]))
    return found


def all_names(title: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    other = [name for alias in aliases for name in words.names(alias)]
    return tuple(dict.fromkeys([*words.names(title), *other]))


def of_readings(kind: str, readings: tuple[Reading, ...]) -> Lookup:
    whole: set[str] = set()
    beginnings: set[str] = set()
    for reading in readings:
        size = SIZES[reading.alphabet]
        whole.update(filed(kind, reading.alphabet, gram) for gram in words.grams(reading.symbols, size))
        if reading.symbols and len(reading.symbols) < size:
            beginnings.add(filed(kind, reading.alphabet, reading.symbols))
        if not reading.symbols:
            grams = (gram for form in reading.departments for gram in words.grams(form, 2))
            whole.update(filed(kind, _DEPARTMENT, gram) for gram in grams)
    return Lookup(frozenset(whole), frozenset(beginnings))
