import json
from pathlib import Path

import pytest
from django.db import transaction

from yichuang.search import queries
from yichuang.search.actions import indexing

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def no_known_synonyms(monkeypatch):
    """Each test's process knows nothing yet of the hall's own synonyms."""
    monkeypatch.setattr(queries, "_known", None)


def entries():
    return [indexing.Entry("item", *row) for row in json.loads((DATA / "names.json").read_text(encoding="utf-8"))]


@pytest.fixture
def small_catalogue(db):
    with transaction.atomic():
        indexing.put(entries())
