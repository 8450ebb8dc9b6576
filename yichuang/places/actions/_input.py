"""Input that is being checked: every field is looked at before anything is refused."""

import re
from collections.abc import Iterable

from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Invalid

_PHONE = re.compile(r"[0-9+\-()（） ,，、转/]*")


class Input:
    """Collects one sentence a field; ``done`` raises them together."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}

    def text(self, field: str, raw: str, *, limit: int, required: str = "") -> str:
        """The cleaned text. ``required`` is the sentence for an empty one."""
        try:
            value = clean_text(raw, limit=limit)
        except ValueError as error:
            self.problems[field] = str(error)
            return ""
        if required and not value:
            self.problems[field] = required
        return value

    def phone(self, field: str, raw: str) -> str:
        value = self.text(field, raw, limit=30)
        if not _PHONE.fullmatch(value):
            self.problems[field] = "电话只能由数字、空格、短横线和括号组成。"
        return value

    def member(self, field: str, value: str, known: Iterable[str], sentence: str) -> str:
        """A value of a closed list, else ``sentence``."""
        if value not in {str(entry) for entry in known}:
            self.problems[field] = sentence
        return value

    def refuse(self, field: str, sentence: str) -> None:
        self.problems.setdefault(field, sentence)

    def done(self) -> None:
        if self.problems:
            raise Invalid(self.problems)
