"""What people type finds what they came for, on the catalogue of a real district."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import transaction

from yichuang.search import queries
from yichuang.search.actions import indexing
from yichuang.search.tests.catalogue import real_catalogue

PHRASES = json.loads((Path(__file__).parent / "data" / "phrases.json").read_text(encoding="utf-8"))


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


@pytest.mark.plan("D1-accept")
@pytest.mark.django_db
def test_phrases_find_their_item_in_the_first_five():
    entries = real_catalogue()
    with transaction.atomic():
        indexing.put(entries)
    misses = []
    for phrase in PHRASES:
        found = queries.find("item", phrase["words"], limit=5)
        if not any(hit.title in phrase["accept"] for hit in found):
            misses.append(
                f"{phrase['kind']} {phrase['words']}: 应有 {phrase['accept'][0]}，得到 {[hit.title for hit in found]}"
            )
    print(f"{len(PHRASES) - len(misses)} of {len(PHRASES)} in the first five", *misses, sep="\n")
    assert len(misses) <= len(PHRASES) * 0.05, "\n".join(misses)
