import re
from pathlib import Path

from yichuang.project.event_words import WORDS
from yichuang.project.subscribers import SUBSCRIBERS

PACKAGE = Path(__file__).resolve().parents[2]
RECORDED = re.compile(r"\b(?:record|NewEvent)\(\s*\"([a-z_]+\.[a-z_]+)\"")


def kinds_in_the_code():
    for file in PACKAGE.rglob("*.py"):
        if "tests" not in file.parts:
            for kind in RECORDED.findall(file.read_text(encoding="utf-8")):
                yield kind, file.relative_to(PACKAGE).as_posix()


def test_every_kind_that_is_recorded_has_words_for_people():
    found = dict(kinds_in_the_code())
    assert len(found) > 20, "the search finds nothing any more"
    assert {kind: file for kind, file in found.items() if kind not in WORDS} == {}


def test_words_are_chinese_and_kinds_are_past_acts_with_one_dot():
    for kind, words in WORDS.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind), kind
        assert re.search(r"[\u4e00-\u9fff]", words), kind


def test_subscribers_have_names_of_their_own():
    """The name is the cursor: two of one name would each hear half."""
    names = [subscriber.name for subscriber in SUBSCRIBERS]
    assert len(set(names)) == len(names)
