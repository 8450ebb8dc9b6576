"""Pinyin: how a name sounds, and which syllables a row of letters can mean."""

from functools import cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.style import convert

_MAX_READINGS = 3
# Every syllable is one private character, so that names in sound are compared like names in writing.
_FIRST = 0xE000


@cache
def syllables() -> dict[str, str]:
    """Every syllable of the language, with the private character that stands for it."""
    found: set[str] = set()
    for code, sounds in PINYIN_DICT.items():
        if 0x4E00 <= code <= 0x9FFF:
            found.update(convert(sound, Style.NORMAL, strict=False) for sound in sounds.split(","))
    known = sorted(s for s in found if s.isascii() and s.isalpha() and any(v in s for v in "aeiouv"))
    return {syllable: chr(_FIRST + n) for n, syllable in enumerate(known)}


def spell(name: str) -> list[str]:
    """The syllables of the Chinese characters of a name."""
    chinese = "".join(c for c in name if "\u3400" <= c <= "\u9fff" or c == "〇")
    return [s for s in lazy_pinyin(chinese) if s in syllables()] if chinese else []


def coded(spelled: list[str]) -> str:
    """Syllables as private characters; an unknown syllable is left out."""
    known = syllables()
    return "".join(known.get(s, "") for s in spelled)


def initials(spelled: list[str]) -> str:
    return "".join(s[0] for s in spelled)


def segmentations(letters: str) -> list[tuple[list[str], str]]:
    """Ways to read letters as whole syllables and an unfinished rest, fewest syllables first."""
    known = syllables()
    # best[n]: readings of the first n letters, few and short ones only.
    best: list[list[list[str]]] = [[] for _ in range(len(letters) + 1)]
    best[0] = [[]]
    for end in range(1, len(letters) + 1):
        ways = [
            [*way, letters[start:end]]
            for start in range(max(0, end - 6), end)
            if letters[start:end] in known
            for way in best[start]
        ]
        best[end] = sorted(ways, key=lambda way: (len(way), way))[:_MAX_READINGS]
    if best[-1]:
        return [(way, "") for way in best[-1]]
    for end in range(len(letters) - 1, max(0, len(letters) - 6), -1):
        rest = letters[end:]
        if best[end] and any(s.startswith(rest) for s in known):
            return [(way, rest) for way in best[end]]
    return []
