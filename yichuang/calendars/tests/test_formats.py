from datetime import date

import pytest

from yichuang.calendars.formats import UnreadableError, as_lines, builtin_years, special_days
from yichuang.calendars.rules import Kind

NOTICE_2026 = """
1月1日（周四）至3日（周六） 元旦
2月15日（农历腊月二十八、周日）至23日（周一）春节
4月4日至6日 清明节
5月1日到5日 劳动节
2026-06-19 至 2026-06-21 端午节
9月25日至27日 中秋节
10月1日～10月7日 国庆节
"""
MAKE_UP_2026 = "1月4日 元旦调休\n2月14日 春节调休\n2月28日（周六）春节调休\n5月9日 劳动节调休\n9月20日 国庆节调休\n2026年10月10日 国庆节调休"


def test_a_notice_as_people_type_it_gives_the_days_of_the_built_in_calendar():
    own = {day: (special.kind, special.name) for day, special in builtin_years()[1].items() if day.year == 2026}
    read = special_days(NOTICE_2026, 2026, Kind.REST) | special_days(MAKE_UP_2026, 2026, Kind.WORK)
    assert {day: (special.kind, special.name) for day, special in read.items()} == own


@pytest.mark.parametrize("year", sorted(builtin_years()[0]))
@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_shown_in_the_form_reads_back_the_same(year, kind):
    own = {day: special for day, special in builtin_years()[1].items() if day.year == year and special.kind is kind}
    read = special_days(as_lines(own, kind), year, kind)
    assert {day: special.name for day, special in read.items()} == {day: special.name for day, special in own.items()}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("春节", Kind.REST, "第 1 行“春节”：应写成"),
        ("\n2月30日 春节", Kind.REST, "第 2 行“2月30日 春节”：没有这个日期"),
        ("2月16日", Kind.REST, "日期后面请写节日名称"),
        ("2025年2月16日 春节", Kind.REST, "不是 2026 年的日期"),
        ("2月20日至2月16日 春节", Kind.REST, "结束日期早于开始日期"),
        ("2月1日至12月31日 长假", Kind.REST, "超过一个月"),
        ("2月15日 春节", Kind.REST, "2026-02-15 是星期日，本来就休息"),
        ("2月16日 春节调休", Kind.WORK, "2026-02-16 是星期一，本来就上班"),
        ("2月14日至16日 春节调休", Kind.WORK, "2026-02-16 是星期一，本来就上班"),
        ("2月16日 " + "节" * 41, Kind.REST, "不超过 40 个字"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(text, kind, words):
    with pytest.raises(UnreadableError) as caught:
        special_days(text, 2026, kind)
    assert words in str(caught.value)


def test_empty_lines_say_nothing():
    assert special_days(" \n\n", 2026, Kind.REST) == {}
    assert special_days("2月16日 春节", 2026, Kind.REST).keys() == {date(2026, 2, 16)}
