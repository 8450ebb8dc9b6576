import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yichuang.lib.actor import Actor, ActorKind
from yichuang.lib.errors import Invalid, Refused
from yichuang.search import formats, queries
from yichuang.search.actions import synonyms

EDITOR = Actor(ActorKind.STAFF, "7", permissions=frozenset({synonyms.PERMISSION}))


def test_the_built_in_phrases_are_many_and_none_is_said_twice():
    content = json.loads(formats._FILE.read_text(encoding="utf-8"))
    says = [say for row in content["says"] for say in row["say"]]
    assert len(content["says"]) >= 120
    assert len(says) == len(set(says))
    assert all(row["mean"] for row in content["says"])
    forms = [form for group in content["departments"] for form in group]
    assert len(forms) == len(set(forms))


def test_a_hall_adds_a_phrase_and_the_next_search_knows_it(small_catalogue):
    assert queries.find("item", "整个馆子") == []
    synonyms.change("整个馆子", ["食品经营许可核发"], by=EDITOR)
    with CaptureQueriesContext(connection) as caught:
        hit = queries.find("item", "整个馆子")[0]
    assert (hit.key, hit.why) == ("A01", "常用说法“整个馆子”")
    assert len(caught) == 3


def test_a_phrase_is_taken_away_and_given_another_meaning(small_catalogue):
    assert queries.find("item", "卖烟")[0].key == "G01"
    synonyms.change("卖烟", [], by=EDITOR)
    assert queries.find("item", "卖烟") == []
    synonyms.change("卖烟", ["取水许可证新办审批"], by=EDITOR)
    assert [h.key for h in queries.find("item", "卖烟")] == ["G05"]


def test_who_may_not_changes_nothing(small_catalogue):
    with pytest.raises(Refused):
        synonyms.change("卖烟", [], by=Actor(ActorKind.STAFF, "8"))
    assert queries.find("item", "卖烟")[0].key == "G01"


@pytest.mark.parametrize(("say", "field"), [("", "say"), ("。", "say"), ("长" * 41, "say")])
def test_a_phrase_that_cannot_be_is_refused_beside_its_field(db, say, field):
    with pytest.raises(Invalid) as caught:
        synonyms.change(say, ["取水"], by=EDITOR)
    assert field in caught.value.fields


def test_the_change_is_recorded_without_its_words_in_the_body(small_catalogue):
    from yichuang.ledger.models import Event

    synonyms.change("整个馆子", ["食品经营许可核发"], by=EDITOR)
    event = Event.objects.get(kind="synonym.changed")
    assert "馆子" not in event.body
