"""Once, never, exactly: several processes on one case, on the database of the run."""

from collections import Counter

import pytest

from tests.support.items import make_item
from tests.support.processes import run_in_processes
from yichuang.cases.models import Case, CaseMaterial, Decision, Delivery
from yichuang.cases.tests import at_once
from yichuang.deadlines.models import Clock
from yichuang.documents.models import Paper
from yichuang.ledger.models import Event
from yichuang.parties.models import Party

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
_HERE = "yichuang.cases.tests.at_once"


@pytest.fixture
def code(transactional_db, cast_places, wang_fang):
    """The code of an item that 王芳 can accept."""
    materials = [("食品经营许可申请书", "required")]
    return make_item(cast_places.department, materials=materials).item.code


def _events(kind):
    return Event.objects.filter(kind=kind).count()


def test_one_key_in_eight_processes_is_one_case(code):
    """Removing the unique constraint case_once_per_request makes up to eight cases of one press (seen: 8 on PostgreSQL)."""
    results = run_in_processes(f"{_HERE}:accept", [["wang_fang", code, "one-press-of-a-key"]] * 8)
    assert len({numbers[0] for numbers in results}) == 1
    assert Case.objects.count() == 1
    assert Party.objects.count() == 1
    assert _events("case.accepted") == 1
    assert Clock.objects.count() == 1
    assert Paper.objects.count() == 1


def test_eight_clerks_never_get_the_same_number(code):
    results = run_in_processes(f"{_HERE}:accept", [["wang_fang", code, f"window-{n}", 10] for n in range(8)])
    numbers = [number for made in results for number in made]
    assert len(set(numbers)) == 80
    assert Case.objects.count() == 80
    assert CaseMaterial.objects.count() == 80
    assert Paper.objects.count() == 80


def test_of_eight_decisions_exactly_one_stands(code, sun_li):
    """Without the statuses in the UPDATE of _move the second writer overwrites the first, or fails on the row's key."""
    number = at_once.accept("wang_fang", code, "key-of-the-case")[0]
    outcomes = ["grant", "deny"] * 4
    results = run_in_processes(f"{_HERE}:decide", [["sun_li", number, outcome] for outcome in outcomes])
    assert Counter(results)["done"] == 1
    assert all("请刷新" in sentence for sentence in results if sentence != "done")
    decided = Decision.objects.get()
    assert Case.objects.get().status == ("granted" if decided.outcome == "grant" else "denied")
    assert _events("case.granted") + _events("case.denied") == 1


def test_a_result_is_handed_over_once(code, sun_li, zhou_jie):
    number = at_once.accept("wang_fang", code, "key-of-the-case")[0]
    assert at_once.decide("sun_li", number, "grant") == "done"
    results = run_in_processes(f"{_HERE}:deliver", [["zhou_jie", number]] * 8)
    assert Counter(results)["done"] == 1
    assert Delivery.objects.count() == 1
    assert _events("case.delivered") == 1


def test_killed_half_way_leaves_no_half_case_and_the_key_still_works(code):
    """Every row was written when the process died before its commit: nothing of the case may remain.

    With the writes outside one transaction the case, its materials, clock and paper stayed without their event.
    """
    with pytest.raises(AssertionError):
        run_in_processes(f"{_HERE}:die_while_accepting", [["wang_fang", code, "key-of-the-dead"]])
    for rows in (Case, CaseMaterial, Clock, Paper):
        assert not rows.objects.exists(), rows
    assert _events("case.accepted") == 0
    assert len(at_once.accept("wang_fang", code, "key-of-the-dead")) == 1
    assert Case.objects.count() == 1
