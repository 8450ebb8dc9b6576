import pytest

from yichuang.calendars import queries


@pytest.fixture(autouse=True)
def _no_calendar_of_an_earlier_test():
    queries.forget()
    yield
    queries.forget()
