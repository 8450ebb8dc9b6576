from datetime import timedelta

import pytest
from django.utils import timezone

from tests.support.processes import run_in_processes
from yichuang.ledger.actions.lease import hold, release
from yichuang.ledger.tests.ledgers import START

LENGTH = timedelta(seconds=15)


def seconds(number):
    return START + timedelta(seconds=number)


@pytest.mark.django_db
def test_one_leads_until_its_lease_runs_out():
    assert hold("worker", "a", now=START, length=LENGTH)
    assert not hold("worker", "b", now=seconds(14), length=LENGTH)
    assert hold("worker", "a", now=seconds(10), length=LENGTH), "prolonged"
    assert not hold("worker", "b", now=seconds(25), length=LENGTH)
    assert hold("worker", "b", now=seconds(26), length=LENGTH), "taken over"
    assert not hold("worker", "a", now=seconds(27), length=LENGTH)


@pytest.mark.django_db
def test_a_lease_given_back_is_free_at_once_and_only_by_its_holder():
    hold("worker", "a", now=START, length=LENGTH)
    release("worker", "b", now=seconds(1))
    assert not hold("worker", "b", now=seconds(1), length=LENGTH)
    release("worker", "a", now=seconds(1))
    assert hold("worker", "b", now=seconds(1), length=LENGTH)


@pytest.mark.django_db
def test_waiting_for_somebody_elses_lease_writes_nothing(django_assert_num_queries):
    hold("worker", "a", now=START, length=LENGTH)
    with django_assert_num_queries(1):
        hold("worker", "b", now=seconds(1), length=LENGTH)


def try_to_lead(name):
    return hold("worker", name, now=timezone.now(), length=timedelta(hours=1))


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_of_several_that_start_at_once_one_leads():
    """Without the holder and the time in the update, two led on PostgreSQL and four on SQLite."""
    assert sum(run_in_processes("yichuang.ledger.tests.test_lease:try_to_lead", [[str(n)] for n in range(6)])) == 1
