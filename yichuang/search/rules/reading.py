"""What a query can mean: one or several readings, each in one alphabet."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from yichuang.search.rules import sounds, words
from yichuang.search.rules.synonyms import Synonyms

_WHOLE = 160
_PART = 60
_ALONE = 0
_STEP = 8
# Each reading costs a comparison with every candidate.
_MOST_READINGS = 24


class Alphabet(StrEnum):
    WRITING = "b"
    SOUND = "p"
    INITIALS = "i"


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a query.

    ``symbols`` are characters, syllables (as private characters) or first letters. ``departments`` are the forms of the
    department it names, ``rest`` the letters of an unfinished last syllable, ``said`` the plain phrase it came from.
    """

    alphabet: Alphabet
    symbols: str
    departments: tuple[str, ...] = ()
    rest: str = ""
    bonus: int = 0
    said: str = ""


def read(query: str, synonyms: Synonyms) -> tuple[Reading, ...]:
    tokens = _shortened(words.split(query))
    text = "".join(tokens)
    if not text:
        return ()
    found = list(_in_writing(text, synonyms))
    named = _department(tokens, text, synonyms)
    if named:
        forms, rest = named
        found += _in_writing(rest, synonyms, forms) if rest else [Reading(Alphabet.WRITING, "", forms)]
    if words.is_latin(text):
        found += _in_letters(tokens)
    return tuple(dict.fromkeys(found))[:_MOST_READINGS]


def _shortened(tokens: list[str]) -> list[str]:
    kept, size = [], 0
    for token in tokens:
        if size + len(token) > words.MAX_QUERY:
            kept.append(token[: words.MAX_QUERY - size])
            break
        kept.append(token)
        size += len(token)
    return [token for token in kept if token]


def without_fillers(text: str, synonyms: Synonyms) -> str:
    """The text without words that say nothing; never nothing at all."""
    left = text
    for filler in synonyms.fillers:
        left = left.replace(filler, "") or left
    return left


def _in_writing(text: str, synonyms: Synonyms, forms: tuple[str, ...] = ()) -> Iterator[Reading]:
    core = without_fillers(text, synonyms)
    for plain in dict.fromkeys((text, core)):
        yield Reading(Alphabet.WRITING, plain, forms)
    # A phrase may itself hold a word that elsewhere says nothing (怎么办 in 没钱怎么办), so both are searched.
    for source in dict.fromkeys((text, core)):
        for say in synonyms.said_in(source):
            bonus = _WHOLE if say in (text, core) else _PART
            for place, mean in enumerate(synonyms.says[say]):
                meant = source.replace(say, mean)
                yield Reading(Alphabet.WRITING, meant, forms, bonus=max(bonus - _STEP * place, 0), said=say)
                if len(say) > 2 and meant != mean:
                    # Around the phrase may stand words nobody foresaw: 开火锅店大概要什么.
                    yield Reading(Alphabet.WRITING, mean, forms, bonus=_ALONE, said=say)


def _department(tokens: list[str], text: str, synonyms: Synonyms) -> tuple[tuple[str, ...], str] | None:
    for n, token in enumerate(tokens):
        forms = synonyms.department_forms(token)
        if forms:
            return forms, "".join(tokens[:n] + tokens[n + 1 :])
    for size in range(min(len(text) - 2, 12), 1, -1):
        forms = synonyms.department_forms(text[:size])
        if forms:
            return forms, text[size:].removeprefix("的")
    return None


def _in_letters(tokens: list[str]) -> Iterator[Reading]:
    letters = "".join(tokens)
    for spelled, rest in sounds.segmentations(letters):
        yield Reading(Alphabet.SOUND, sounds.coded(spelled), rest=rest)
    if len(letters) > 1:
        yield Reading(Alphabet.INITIALS, letters)
