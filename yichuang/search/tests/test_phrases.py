"""What people type finds what they came for, on the catalogue of a real district."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import transaction

from yichuang.search import queries
from yichuang.search.actions import indexing
from yichuang.search.tests.catalogue import real_catalogue

DATA = Path(__file__).parent / "data"
PHRASES = json.loads((DATA / "phrases.json").read_text(encoding="utf-8"))


def test_the_set_is_large_and_varied():
    kinds = defaultdict(int)
    for phrase in PHRASES:
        kinds[phrase["kind"]] += 1
    assert len(PHRASES) >= 60
    assert set(kinds) == {
        "full",
        "two",
        "partial",
        "pinyin",
        "initials",
        "wrong",
        "department",
        "plain",
        "order",
        "filler",
    }
    assert min(kinds.values()) >= 6


def misses_of(phrases):
    with transaction.atomic():
        indexing.put(real_catalogue())
    misses = []
    for phrase in phrases:
        titles = [hit.title for hit in queries.find("item", phrase["words"], limit=5)]
        if not set(titles) & set(phrase["accept"]):
            misses.append(f"{phrase['words']}: 应有 {phrase['accept'][0]}，得到 {titles}")
    print(f"{len(phrases) - len(misses)} of {len(phrases)} in the first five", *misses, sep="\n")
    return misses


@pytest.mark.django_db
def test_phrases_find_their_item_in_the_first_five():
    misses = misses_of(PHRASES)
    assert len(misses) <= len(PHRASES) * 0.05, "\n".join(misses)


@pytest.mark.django_db
def test_phrases_nobody_tuned_for_are_mostly_found():
    """Written after the synonyms and measured once: 27 of 30. Not to be tuned for, so that the figure stays honest."""
    misses = misses_of(json.loads((DATA / "unseen.json").read_text(encoding="utf-8")))
    assert len(misses) <= 30 * 0.15, "\n".join(misses)
