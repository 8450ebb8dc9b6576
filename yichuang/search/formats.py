"""The synonyms that come with the programme."""

import json
from functools import cache
from pathlib import Path

from yichuang.search.rules import words
from yichuang.search.rules.synonyms import Synonyms

_FILE = Path(__file__).parent / "data" / "synonyms.json"


@cache
def built_in() -> Synonyms:
    content = json.loads(_FILE.read_text(encoding="utf-8"))
    says: dict[str, tuple[str, ...]] = {}
    for row in content["says"]:
        means = tuple(words.flat(mean) for mean in row["mean"])
        says |= {words.flat(say): means for say in row["say"]}
    return Synonyms(
        says=says,
        departments=tuple(tuple(group) for group in content["departments"]),
        # Longest first, so that 怎么办理 goes before 怎么办.
        fillers=tuple(sorted(content["fillers"], key=lambda filler: (-len(filler), filler))),
        short_forms=tuple((long, short) for long, short in content["short_forms"]),
        first_acts=tuple(content["first_acts"]),
        later_acts=tuple(content["later_acts"]),
    )
