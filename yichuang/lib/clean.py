"""The one function through which text from outside passes before it is stored."""

import unicodedata

_KEEP = "\n\t"


def clean_text(raw: str, *, limit: int, multiline: bool = False) -> str:
    """NFC, without NUL and other control characters, trimmed and at most ``limit`` characters.

    Raises ValueError with a Chinese sentence when the text is too long: nothing is ever cut silently.
    """
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C" or (multiline and c in _KEEP)).strip()
    if not multiline:
        text = " ".join(text.split())
    if len(text) > limit:
        raise ValueError(f"最多 {limit} 个字，现在是 {len(text)} 个字。")
    return text
