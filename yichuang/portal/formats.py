"""The life topics of the front page: plain words that are searched when pressed."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "topics.json"


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    icon: str
    words: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Topic(row["name"], row["icon"], tuple(row["words"])) for row in rows)
