import pytest

from yichuang.cases.queries import public_progress
from yichuang.lib.errors import NotFound, TooMany

pytestmark = pytest.mark.django_db


def test_number_and_code_open_the_progress(accepted):
    progress = public_progress(accepted.number, accepted.query_code, address="203.0.113.1")
    assert progress.item_name == "食品经营许可证核发（新办）"
    assert progress.due_on == accepted.due_on
    assert progress.timeline[0].sentence.startswith("云溪区政务大厅受理了申请")
    assert not hasattr(progress, "applicant_name")


def test_a_number_typed_without_hyphens_or_full_width_is_the_same(accepted):
    typed = accepted.number.replace("-", "").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert public_progress(typed, accepted.query_code, address="203.0.113.1").number == accepted.number


def test_wrong_number_and_wrong_code_cannot_be_told_apart(accepted):
    wrong = "000000" if accepted.query_code != "000000" else "000001"
    with pytest.raises(NotFound) as one:
        public_progress(accepted.number, wrong, address="203.0.113.1")
    with pytest.raises(NotFound) as other:
        public_progress("99990120230101-0001-1", wrong, address="203.0.113.2")
    assert str(one.value) == str(other.value)


def test_guessing_the_code_is_stopped(accepted):
    """Ten guesses at one number from ten addresses: the number itself is blocked, also for the right code."""
    wrong = "000000" if accepted.query_code != "000000" else "000001"
    with pytest.raises(TooMany):
        for last in range(10):
            with pytest.raises(NotFound):
                public_progress(accepted.number, wrong, address=f"203.0.113.{last}")
    with pytest.raises(TooMany):
        public_progress(accepted.number, accepted.query_code, address="203.0.113.77")
