import pytest
from django.db import transaction

from tests.support.ledger_scan import personal_data_in, personal_data_in_ledger
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import WORKER
from yichuang.lib.ids import new_id


@pytest.mark.parametrize(
    "value",
    [
        "11010519491231002X",
        "id=11010519491231002x;",
        {"phone": "13800138000"},
        {"a": ["+8613800138000"]},
        {"13800138000": 1},
        "0839-5531234",
        {"by": "wangfang"},
        {"note": "材料不齐"},
    ],
)
def test_what_must_not_be_there_is_found(value):
    assert personal_data_in(value, "wangfang")


@pytest.mark.parametrize(
    "value",
    [
        "11010519491231003X",
        "511811202601050001",
        "2026-01-05",
        "91510811MA6AAAAA0X",
        13800138000,
        {"item": "510811-0123"},
        "a1b2" * 16,
    ],
)
def test_codes_dates_and_numbers_of_ours_are_not_taken_for_a_person(value):
    assert personal_data_in(value, "wangfang") == []


def test_ids_of_ours_as_texts_are_hardly_ever_taken_for_a_person():
    assert sum(bool(personal_data_in(f"case:{new_id()}")) for _ in range(2000)) <= 3


@pytest.mark.django_db
def test_the_whole_ledger_is_looked_at():
    with transaction.atomic():
        record("case.accepted", "case:1", by=WORKER, body={"item": "A"}, detail="王芳 13800138000", party=1)
    assert personal_data_in_ledger("王芳") == []
    with transaction.atomic():
        record("case.accepted", "phone:13800138000", by=WORKER, body={"who": ["王芳"]})
    found = "\n".join(personal_data_in_ledger("王芳"))
    assert "phone 13800138000" in found
    assert "name or word 王芳" in found
