"""Vectors of domain research §3.2 and §3.3, and python-stdnum as an oracle written by others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric as stdnum_ric
from stdnum.cn import uscc as stdnum_uscc

from yichuang.lib.codes import check_org, check_ric, check_uscc, normalise

RIC = ["11010519491231002X", "440524188001010014", "510811199003070017", "51081119561105002X", "510811198802290011"]
USCC = [
    "11450721MB15580811", "11450721348531435D", "115113010833722043", "11511301008778183N",
    "11510811MB1T00017X", "12510811MB2A000708", "91510811MA62AB1278", "92510811MA7H5K3X69", "93510811MA6C01D20L",
]  # fmt: skip


@pytest.mark.parametrize("code", RIC)
def test_identity_numbers_that_hold(code):
    assert check_ric(code).ok
    assert check_ric(code).normalised == code


@pytest.mark.parametrize("code", USCC)
def test_credit_codes_that_hold(code):
    assert check_uscc(code).ok
    assert check_org(code[8:17]).ok


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "请填写"),
        ("51081119900307001", "应为 18 位，现在是 17 位"),
        ("5108111990030700170", "现在是 19 位"),
        ("51081119900307O017", "第 15 位“O”不对"),
        ("5108111990030700A7", "第 17 位“A”不对"),
        ("51081119900307001Y", "第 18 位“Y”不对"),
        ("510811198902290011", "1989 年 02 月 29 日不存在"),
        ("510811199013010011", "1990 年 13 月 01 日不存在"),
        ("510811100001010011", "不合理"),
        ("510811199003070018", "第 18 位应为 7，现在是 8"),
        ("11010519491231002０", "第 18 位应为 X，现在是 0"),
        ("510811900307001", "推算应为 510811199003070017"),
        ("510811890229001", "1989 年 02 月 29 日不存在"),
        ("51081119900307００１٧", "第 18 位“٧”不对"),
    ],
)
def test_the_reason_says_what_is_wrong_with_an_identity_number(code, words):
    verdict = check_ric(code)
    assert not verdict.ok
    assert words in verdict.reason


def test_a_birth_date_to_come_is_refused_only_when_the_day_is_told():
    code = next(f"51081120300101001{c}" for c in "0123456789X" if check_ric(f"51081120300101001{c}").ok)
    assert check_ric(code, today=date(2030, 1, 1)).ok
    assert "不合理" in check_ric(code, today=date(2029, 12, 31)).reason


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "请填写"),
        ("11511301008778183", "应为 18 位，现在是 17 位"),
        ("11511301008778183M", "第 18 位应为 N，现在是 M"),
        ("115113O1008778183N", "第 7 位“O”不对"),
        ("115113O1008778183N", "是否应为 0"),
        ("115113A1008778183N", "第 7 位“A”不对：第 3 至 8 位是登记机关区划"),
        ("008778183", "旧的组织机构代码"),
        ("510811000012345", "旧的工商注册号"),
        ("1151130100877818中N", "第 17 位“中”不对"),
    ],
)
def test_the_reason_says_what_is_wrong_with_a_credit_code(code, words):
    verdict = check_uscc(code)
    assert not verdict.ok
    assert words in verdict.reason


def test_the_nested_organisation_code_is_checked_too():
    """A wrong character 17 whose character 18 was made to fit: only the nested check sees it."""
    body = "1151130100877818" + "4"
    code = next(body + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if "第 18 位" not in check_uscc(body + c).reason)
    assert "第 17 位）应为 3，现在是 4" in check_uscc(code).reason


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "请填写"),
        ("12345678", "应为 9 位，现在是 8 位"),
        ("0087781_3", "第 8 位"),
        ("00877818-4", "第 9 位应为 3，现在是 4"),
    ],
)
def test_the_reason_says_what_is_wrong_with_an_organisation_code(code, words):
    assert words in check_org(code).reason


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 1101 0519-4912 3100 2x ", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("11010519491231002\u2169", "11010519491231002X"),
        ("\u200b110105\u300019491231002X\ufeff", "11010519491231002X"),
        ("00877818—3", "008778183"),
    ],
)
def test_what_people_type_is_normalised(typed, stored):
    assert normalise(typed) == stored


@given(st.text(max_size=25))
def test_nothing_typed_breaks_a_check(text):
    for check in (check_ric, check_uscc, check_org):
        verdict = check(text)
        assert verdict.ok == (verdict.reason == "")


@given(
    st.from_regex(r"[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True),
    st.integers(0, 10),
)
def test_check_digits_of_identity_numbers_agree_with_stdnum(body, pick):
    if body[6:10] < "1850":
        body = body[:6] + "19" + body[8:]
    check = "0123456789X"[pick]
    assert check_ric(body + check).ok == (stdnum_ric.calc_check_digit(body + check) == check)


_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.from_regex(rf"[159][1239][0-9]{{6}}[{_LETTERS}]{{8}}", fullmatch=True), st.data())
def test_credit_codes_agree_with_stdnum(start, data):
    """stdnum knows the outer check only: the nested check character is put in by our own rule first."""
    nested = next(c for c in "0123456789X" if check_org(start[8:] + c).ok)
    body = start + nested
    check = data.draw(st.sampled_from([stdnum_uscc.calc_check_digit(body + "0"), *"07AXY"]))
    assert check_uscc(body + check).ok == stdnum_uscc.is_valid(body + check)


@given(st.sampled_from(RIC + USCC), st.integers(0, 17), st.sampled_from(_LETTERS))
def test_one_wrong_character_is_always_found(code, position, letter):
    changed = code[:position] + letter + code[position + 1 :]
    check = check_ric if code in RIC else check_uscc
    assert check(changed).ok == (changed == code)
