from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.processes import run_in_processes
from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.places import queries
from yichuang.places.actions import business_day, hours
from yichuang.places.formats import sessions_of
from yichuang.places.models import BusinessDay, Hall, OpeningHours
from yichuang.places.rules.days import Weekly, as_words, day_of, overlapping, service_at, sessions_on
from yichuang.places.tests.conftest import AFTERNOON, EDIT, LONG_AGO, MORNING, actor

SHANGHAI = ZoneInfo("Asia/Shanghai")
URUMQI = ZoneInfo("Asia/Urumqi")


@pytest.mark.parametrize(
    ("utc", "zone", "starts", "day"),
    [
        # UTC midnight lies inside the Shanghai day; the day turns at 16:00 UTC.
        ("2024-03-04T23:59:59", SHANGHAI, "00:00", date(2024, 3, 5)),
        ("2024-03-05T00:00:00", SHANGHAI, "00:00", date(2024, 3, 5)),
        ("2024-03-05T15:59:59", SHANGHAI, "00:00", date(2024, 3, 5)),
        ("2024-03-05T16:00:00", SHANGHAI, "00:00", date(2024, 3, 6)),
        ("2024-02-29T15:59:59", SHANGHAI, "00:00", date(2024, 2, 29)),
        ("2023-12-31T16:00:00", SHANGHAI, "00:00", date(2024, 1, 1)),
        # Two hours west the day turns two hours later.
        ("2024-03-05T16:00:00", URUMQI, "00:00", date(2024, 3, 5)),
        ("2024-03-05T18:00:00", URUMQI, "00:00", date(2024, 3, 6)),
        # West of Greenwich it is still yesterday at UTC midnight (lesson 7: tickets corrupted after five in the afternoon).
        ("2024-03-05T00:30:00", ZoneInfo("America/Vancouver"), "00:00", date(2024, 3, 4)),
        ("2024-03-05T01:00:00", ZoneInfo("America/Vancouver"), "00:00", date(2024, 3, 4)),
        # A hall whose day begins at four in the morning.
        ("2024-03-05T19:59:59", SHANGHAI, "04:00", date(2024, 3, 5)),
        ("2024-03-05T20:00:00", SHANGHAI, "04:00", date(2024, 3, 6)),
    ],
)
def test_the_business_day_is_the_halls(utc, zone, starts, day):
    assert day_of(datetime.fromisoformat(utc).replace(tzinfo=UTC), zone, time.fromisoformat(starts)) == day


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "America/Vancouver", "Europe/Berlin", "UTC"]),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_a_moment_lies_between_its_boundary_and_the_next(moment, zone, starts):
    day = day_of(moment, ZoneInfo(zone), starts)
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert datetime.combine(day, starts) <= wall < datetime.combine(date.fromordinal(day.toordinal() + 1), starts)


WEEK = [Weekly(d, s, LONG_AGO) for d in range(5) for s in (MORNING, AFTERNOON)]


@pytest.mark.parametrize(
    ("day", "works", "special", "expected"),
    [
        (date(2024, 3, 5), True, None, (MORNING, AFTERNOON)),  # an ordinary Tuesday
        (date(2024, 5, 1), False, None, ()),  # Wednesday, Labour Day
        (date(2024, 3, 9), False, None, ()),  # Saturday
        (date(2024, 4, 28), True, None, (MORNING, AFTERNOON)),  # Sunday worked instead of a holiday (调休)
        (date(2024, 3, 9), False, (MORNING,), (MORNING,)),  # a special Saturday
        (date(2024, 3, 5), True, (), ()),  # closed that day
        (date(2021, 12, 31), True, None, ()),  # before the hours began
    ],
)
def test_the_sessions_of_a_day(day, works, special, expected):
    assert sessions_on(day, WEEK, special, is_working=works) == expected


def test_saturday_hours_hold_on_rest_days_and_on_worked_saturdays():
    week = [*WEEK, Weekly(5, MORNING, LONG_AGO)]
    assert sessions_on(date(2024, 3, 9), week, None, is_working=False) == (MORNING,)
    assert sessions_on(date(2024, 5, 11), week, None, is_working=True) == (MORNING,)


def test_hours_end_on_their_last_day():
    week = [Weekly(1, MORNING, LONG_AGO, date(2024, 3, 5)), Weekly(1, AFTERNOON, date(2024, 3, 6))]
    assert sessions_on(date(2024, 3, 5), week, None, is_working=True) == (MORNING,)
    assert sessions_on(date(2024, 3, 12), week, None, is_working=True) == (AFTERNOON,)


@pytest.mark.parametrize(
    ("clock", "is_open", "words"),
    [
        ("08:59", False, "9:00 开始"),
        ("09:00", True, "服务中，至 12:00"),
        ("11:59", True, "服务中，至 12:00"),
        ("12:00", False, "休息中，13:00 继续"),
        ("13:00", True, "服务中，至 17:00"),
        ("17:00", False, "今天的服务已结束"),
    ],
)
def test_service_in_words(clock, is_open, words):
    service = service_at(time.fromisoformat(clock), (MORNING, AFTERNOON))
    assert (service.is_open, service.words) == (is_open, words)
    assert service_at(time(10), ()).words == "今天不开放"


@given(st.lists(st.tuples(st.times(), st.times()).filter(lambda s: s[0] < s[1]), max_size=4), st.times(), st.times())
def test_sessions_overlap_exactly_when_a_moment_lies_in_both(sessions, a, b):
    if a >= b:
        return
    shares = any(max(s[0], a) < min(s[1], b) for s in sessions)
    assert (overlapping(sessions, a, b) is not None) == shares


def test_typed_sessions_are_read():
    assert sessions_of("9:00-12:00、13：00至17:30") == ((time(9), time(12)), (time(13), time(17, 30)))
    assert sessions_of(" ") == ()
    assert as_words(sessions_of("8:05～9:10")) == "8:05–9:10"
    with pytest.raises(ValueError, match="看不懂“上午”"):
        sessions_of("上午 9:00-12:00")
    with pytest.raises(ValueError, match="不是有效的时间"):
        sessions_of("9:00-25:00")


def at(day, clock, zone=SHANGHAI):
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone)


def test_a_special_saturday_is_service_time(make_hall, bureau):
    hall = make_hall()
    hours.add(hall, range(5), MORNING, valid_from=LONG_AGO, by=bureau)
    saturday = date(2024, 3, 9)
    assert queries.hours_on(hall, saturday) == ()
    hours.set_special(hall, saturday, [MORNING], "延时服务", by=bureau)
    assert queries.hours_on(hall, saturday) == (MORNING,)
    assert queries.is_open(hall, at("2024-03-09", "10:00"))
    assert not queries.is_open(hall, at("2024-03-09", "12:00"))
    assert not queries.working_calendar().is_working(saturday)
    hours.drop_special(hall, saturday, by=bureau)
    assert queries.hours_on(hall, saturday) == ()
    with pytest.raises(Conflict, match="没有特殊安排"):
        hours.drop_special(hall, saturday, by=bureau)


def test_a_hall_is_open_by_its_own_clock(make_hall, bureau):
    east, west = make_hall("A1"), make_hall("A2", time_zone="Asia/Urumqi")
    for hall in (east, west):
        hours.add(hall, range(5), MORNING, valid_from=LONG_AGO, by=bureau)
    moment = datetime(2024, 3, 5, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai, 7:30 in Urumqi
    assert queries.is_open(east, moment)
    assert not queries.is_open(west, moment)


def test_a_public_holiday_closes_the_hall(make_hall, bureau):
    hall = make_hall()
    hours.add(hall, range(5), MORNING, valid_from=LONG_AGO, by=bureau)
    assert queries.hours_on(hall, date(2024, 10, 1)) == ()
    assert queries.hours_on(hall, date(2024, 9, 30)) == (MORNING,)
    assert queries.hours_on(hall, date(2024, 9, 29)) == (MORNING,)  # Sunday, worked


def test_beyond_the_calendar_the_week_is_guessed(make_hall, bureau):
    hall = make_hall()
    hours.add(hall, range(5), MORNING, valid_from=date(1999, 1, 1), by=bureau)
    assert queries.hours_on(hall, date(1999, 6, 1)) == (MORNING,)  # Tuesday
    assert queries.hours_on(hall, date(2090, 1, 1)) == ()  # Sunday


def test_overlapping_sessions_are_refused_whole(make_hall, bureau):
    hall = make_hall()
    hours.add(hall, [2], MORNING, valid_from=LONG_AGO, by=bureau)
    with pytest.raises(Invalid, match="星期三已有 9:00–12:00"):
        hours.add(hall, [0, 1, 2], (time(11), time(14)), valid_from=date(2023, 1, 1), by=bureau)
    assert OpeningHours.objects.count() == 1
    hours.add(hall, [2], (time(12), time(14)), valid_from=LONG_AGO, by=bureau)


def test_new_hours_follow_when_the_old_ones_have_ended(make_hall, bureau):
    hall = make_hall()
    [old] = hours.add(hall, [2], MORNING, valid_from=LONG_AGO, by=bureau)
    hours.end(old, last_day=date(2024, 5, 31), by=bureau)
    hours.add(hall, [2], (time(8), time(12)), valid_from=date(2024, 6, 1), by=bureau)
    assert queries.hours_on(hall, date(2024, 5, 29)) == (MORNING,)
    assert queries.hours_on(hall, date(2024, 6, 5)) == ((time(8), time(12)),)
    old.refresh_from_db()
    with pytest.raises(Invalid, match="不能延长"):
        hours.end(old, last_day=date(2024, 7, 1), by=bureau)


def test_hours_that_never_held_are_taken_away(make_hall, bureau):
    hall = make_hall()
    [row] = hours.add(hall, [2], MORNING, valid_from=date(2024, 6, 1), by=bureau)
    hours.end(row, last_day=date(2024, 5, 1), by=bureau)
    assert not OpeningHours.objects.exists()


@pytest.mark.parametrize(
    ("weekdays", "session", "field"),
    [([], MORNING, "weekdays"), ([7], MORNING, "weekdays"), ([1], (time(12), time(9)), "closes_at")],
)
def test_odd_hours_are_refused(make_hall, bureau, weekdays, session, field):
    with pytest.raises(Invalid) as caught:
        hours.add(make_hall(), weekdays, session, valid_from=LONG_AGO, by=bureau)
    assert set(caught.value.fields) == {field}


def test_overlapping_special_sessions_are_refused(make_hall, bureau):
    with pytest.raises(Invalid, match="不能重叠"):
        hours.set_special(make_hall(), date(2024, 3, 9), [MORNING, (time(11), time(13))], "延时", by=bureau)
    with pytest.raises(Invalid, match="请写明原因"):
        hours.set_special(Hall.objects.get(), date(2024, 3, 9), [], " ", by=bureau)


def test_the_day_of_a_hall_is_opened_once_closed_and_reopened(make_hall, manager_of, bureau):
    hall = make_hall()
    manager = manager_of(hall)
    with pytest.raises(Conflict, match="还没有开厅"):
        business_day.close_day(hall, by=manager)
    business_day.open_day(hall, by=manager)
    with pytest.raises(Conflict, match="今天已经开厅"):
        business_day.open_day(hall, by=bureau)
    business_day.close_day(hall, by=manager)
    with pytest.raises(Conflict, match="今天已经闭厅"):
        business_day.close_day(hall, by=manager)
    business_day.reopen_day(hall, by=manager)
    row = BusinessDay.objects.get()
    assert (row.opened_by, row.closed_at, row.closed_by) == (manager.reference, None, "")
    assert list(Event.objects.filter(subject=row.subject).order_by("seq").values_list("kind", flat=True)) == [
        "business_day.opened",
        "business_day.closed",
        "business_day.reopened",
    ]


def test_a_manager_runs_the_day_and_changes_no_weekly_hours(make_hall, manager_of):
    hall = make_hall()
    with pytest.raises(Refused):
        hours.add(hall, [1], MORNING, valid_from=LONG_AGO, by=manager_of(hall))
    hours.set_special(hall, date(2024, 3, 9), [], "停电", by=manager_of(hall))


def add_from_process(hall_pk, opens, closes):
    """One of two people who add hours at the same moment."""
    session = (time.fromisoformat(opens), time.fromisoformat(closes))
    by = actor(1, EDIT, everything=True)
    try:
        hours.add(Hall.objects.get(pk=hall_pk), range(7), session, valid_from=LONG_AGO, by=by)
    except Invalid:
        return "refused"
    return "added"


def open_from_process(hall_pk):
    try:
        business_day.open_day(Hall.objects.get(pk=hall_pk), by=actor(1, EDIT, everything=True))
    except Conflict:
        return "refused"
    return "opened"


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_of_overlapping_hours_added_at_once_exactly_one_stays(make_hall):
    """Without ``_queue_up`` all four were added on PostgreSQL (SQLite queues writers by itself)."""
    hall = make_hall()
    arguments = [[hall.pk, f"{8 + n:02}:00", "17:00"] for n in range(4)]
    results = run_in_processes("yichuang.places.tests.test_hours:add_from_process", arguments)
    assert sorted(results) == ["added", "refused", "refused", "refused"]
    assert OpeningHours.objects.count() == 7


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_day_opened_by_many_at_once_is_opened_once(make_hall):
    """Without the unique constraint ``business_day_once`` several opened the day, on SQLite too."""
    results = run_in_processes("yichuang.places.tests.test_hours:open_from_process", [[make_hall().pk]] * 4)
    assert sorted(results) == ["opened", "refused", "refused", "refused"]
    assert Event.objects.filter(kind="business_day.opened").count() == 1
