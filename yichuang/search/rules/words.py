"""How text is brought to one form before it is compared."""

import re
import unicodedata
from functools import lru_cache

# A name longer than this is compared by its beginning; nobody types more.
MAX_NAME = 200
MAX_QUERY = 60

_BRACKETS = re.compile(r"\([^()]*\)")


def split(text: str) -> list[str]:
    """Runs of letters, digits and Chinese characters, in one width and one case."""
    flat = unicodedata.normalize("NFKC", text[: MAX_NAME * 10]).casefold()
    return "".join(c if c.isalnum() else " " for c in flat).split()


@lru_cache(maxsize=4096)
def flat(text: str) -> str:
    """The text without blanks and punctuation."""
    return "".join(split(text))[:MAX_NAME]


def is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def names(title: str) -> tuple[str, ...]:
    """The title without its bracketed additions, and with them: 食品经营许可核发, 食品含保健食品经营许可核发."""
    wide = unicodedata.normalize("NFKC", title)
    bare, count = wide, 1
    while count:
        bare, count = _BRACKETS.subn("", bare)
    return tuple(dict.fromkeys(name for name in (flat(bare), flat(wide)) if name))


def grams(symbols: str, size: int) -> list[str]:
    """All neighbouring groups of ``size`` symbols, each once, in order."""
    return list(dict.fromkeys(symbols[n : n + size] for n in range(len(symbols) - size + 1)))
