from datetime import time

from yichuang.portal.rules import weekly_hours

NINE, NOON, ONE, FIVE = time(9), time(12), time(13), time(17)


def test_same_days_share_a_line():
    rows = [(day, *session) for day in range(5) for session in ((NINE, NOON), (ONE, FIVE))]
    assert weekly_hours(rows) == ["周一至周五 9:00–12:00、13:00–17:00"]


def test_other_days_have_their_own_line_in_any_order_given():
    rows = [(5, NINE, NOON), (0, NINE, FIVE), (1, NINE, FIVE), (3, NINE, FIVE)]
    assert weekly_hours(rows) == ["周一至周二 9:00–17:00", "周四 9:00–17:00", "周六 9:00–12:00"]


def test_without_hours_there_are_no_lines():
    assert weekly_hours([]) == []
