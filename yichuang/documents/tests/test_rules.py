from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.documents.rules import (
    KINDS,
    CaseNumber,
    case_number,
    checked_case_template,
    checked_paper_template,
    grouped,
    missing_parts,
    normalise_case_number,
    parse_case_number,
    problem_of_case_number,
)
from yichuang.documents.tests.contents import CONTENTS

FIRST = CaseNumber("510811", date(2023, 4, 18), 1)
OWN = "昭政务{day}({area})第{serial}号-{check}"


def test_the_form_of_a_case_number():
    number = case_number(FIRST)
    assert number[:-1] == "51081120230418-0001-"
    assert parse_case_number(number) == FIRST


@given(
    st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.integers(1, 99_999_999),
    st.sampled_from(["{area}{day}-{serial}-{check}", OWN, "{serial}.{day}.{area}/{check}"]),
)
def test_what_is_put_together_comes_apart_again(area, day, serial, template):
    parts = CaseNumber(area, day, serial)
    number = case_number(parts, template)
    assert parse_case_number(number, template) == parts
    assert problem_of_case_number(number, template) == ""
    assert normalise_case_number(number, template) == number


@given(st.integers(0, 18), st.integers(1, 9))
def test_one_wrong_digit_is_found_anywhere(place, by):
    digits = [c for c in case_number(FIRST) if c != "-"]
    digits[place] = str((int(digits[place]) + by) % 10)
    assert problem_of_case_number("".join(digits)) != ""


def test_two_neighbours_exchanged_are_found():
    number = case_number(CaseNumber("510811", date(2023, 4, 18), 27)).replace("-", "")
    for place in range(len(number) - 1):
        if number[place] != number[place + 1]:
            exchanged = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            assert problem_of_case_number(exchanged) != "", exchanged


@pytest.mark.parametrize(
    "typed",
    [
        "51081120230418-0001-{}",
        "5108112023041800 01{}",
        " ５１０８１１２０２３０４１８－０００１－{}",
        "510811 20230418—0001—{}",
        "51081120230418_0001_{}",
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed):
    number = case_number(FIRST)
    assert normalise_case_number(typed.format(number[-1])) == number


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "应当像 51081120230418-0001-"),
        ("1234", "应当像"),
        ("拼音abc", "应当像"),
        ("51081120230418-0001-٣", "应当像"),
    ],
)
def test_what_is_no_number_gets_a_sentence(typed, word):
    assert word in problem_of_case_number(typed)


def test_a_day_that_does_not_exist():
    from yichuang.lib import checkdigit

    payload = "510811202302300001"
    assert "日期不存在" in problem_of_case_number(payload + checkdigit.digit(payload))


@pytest.mark.parametrize(
    "template",
    [
        "{area}{day}-{serial}",
        "{area}{day}{day}-{serial}-{check}",
        "{area}{day",
        "2023{area}{day}{serial}{check}",
        "{check}{area}{day}{serial}",
        "{area}{day}{serial}{check}{name}",
    ],
)
def test_a_bad_pattern_stops_the_program_with_a_sentence(template):
    with pytest.raises(ValueError, match="编号格式"):
        checked_case_template(template)


def test_patterns_of_paper_numbers():
    assert checked_paper_template("{prefix}〔{year}〕{serial}号") == "{prefix}〔{year}〕{serial}号"
    with pytest.raises(ValueError, match="编号格式"):
        checked_paper_template("{prefix}{serial}")


def test_a_verification_code_is_read_in_groups_of_four():
    assert grouped("ABCDEFGH2345") == "ABCD-EFGH-2345"


@pytest.mark.parametrize("kind", KINDS)
def test_every_mandatory_part_is_asked_for(kind):
    assert missing_parts(kind, CONTENTS[kind]) == []
    for part, label in KINDS[kind].mandatory.items():
        assert missing_parts(kind, CONTENTS[kind] | {part: " \n"}) == [label]
        assert missing_parts(kind, {k: v for k, v in CONTENTS[kind].items() if k != part}) == [label]


def test_a_refusal_needs_reason_basis_and_remedy():
    """行政许可法第三十八条第二款."""
    assert set(missing_parts("denial_decision", {})) >= {"不予的理由", "法律依据", "救济途径"}
