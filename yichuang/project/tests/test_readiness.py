import pytest

from yichuang.project.readiness import postgres_sentence


@pytest.mark.parametrize(
    ("encoding", "collate", "ctype", "provider"),
    [
        ("UTF8", "C", "C.UTF-8", "c"),
        ("UTF8", "C.UTF-8", "C.UTF-8", "c"),
        ("UTF8", "C.utf8", "C.utf8", "c"),
        ("UTF8", "zh_CN.UTF-8", "zh_CN.UTF-8", "b"),
    ],
)
def test_code_point_order_is_suitable(encoding, collate, ctype, provider):
    assert postgres_sentence(encoding, collate, ctype, provider) == ""


@pytest.mark.parametrize(
    ("encoding", "collate", "ctype", "provider", "word"),
    [
        ("SQL_ASCII", "C", "C", "c", "SQL_ASCII"),
        ("UTF8", "zh_CN.UTF-8", "zh_CN.UTF-8", "c", "zh_CN.UTF-8"),
        ("UTF8", "en_US.UTF-8", "C.UTF-8", "c", "en_US.UTF-8"),
        ("UTF8", "C", "C", "i", "ICU"),
    ],
)
def test_anything_else_is_refused_with_the_way_out(encoding, collate, ctype, provider, word):
    sentence = postgres_sentence(encoding, collate, ctype, provider)
    assert word in sentence
    assert "CREATE DATABASE" in sentence
