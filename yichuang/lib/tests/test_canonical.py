import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.lib.canonical import canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


def test_the_one_form():
    value = {"b": [1, True, None], "a": {"乙": '甲\n"', "z": 2**70}}
    assert canonical(value) == '{"a":{"z":1180591620717411303424,"乙":"甲\\n\\""},"b":[1,true,null]}'


@given(VALUES)
def test_reading_it_back_gives_the_value_and_the_same_text(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text
    text.encode()


@pytest.mark.parametrize("value", [1.0, {"a": float("nan")}, b"x", {1: 2}, {"a": object()}, {1, 2}])
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_a_lone_surrogate_is_refused():
    for value in ("\ud800", {"\ud800": 1}):
        with pytest.raises(UnicodeEncodeError):
            canonical(value)
