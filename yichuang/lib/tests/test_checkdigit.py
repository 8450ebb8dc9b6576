import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from yichuang.lib import checkdigit

DIGITS = st.text("0123456789", min_size=1, max_size=30)


@pytest.mark.parametrize(("payload", "number"), [("0794", "07945"), ("00200667308", "002006673085")])
def test_the_vectors_of_the_standard(payload, number):
    assert checkdigit.append(payload) == number
    assert checkdigit.is_valid(number)


@given(DIGITS)
def test_it_agrees_with_stdnum(payload):
    assert checkdigit.digit(payload) == mod_11_10.calc_check_digit(payload)
    assert mod_11_10.is_valid(checkdigit.append(payload))


@given(DIGITS, st.data())
def test_a_wrong_digit_is_always_found(payload, data):
    number = checkdigit.append(payload)
    position = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[position]]))
    assert not checkdigit.is_valid(number[:position] + other + number[position + 1 :])


@given(DIGITS)
def test_swapped_neighbours_are_found_except_where_the_standard_cannot(payload):
    """MOD 11,10 misses some swaps; it must miss exactly those that stdnum misses."""
    number = checkdigit.append(payload)
    for n in range(len(number) - 1):
        swapped = number[:n] + number[n + 1] + number[n] + number[n + 2 :]
        assert checkdigit.is_valid(swapped) == mod_11_10.is_valid(swapped)


@pytest.mark.parametrize("text", ["", "7", "79x5", "７９４５", "7945 ", "٧٩٤٥"])
def test_anything_else_is_not_a_number(text):
    assert not checkdigit.is_valid(text)


@pytest.mark.parametrize("text", ["", "12a", "１２", " 1"])
def test_only_digits_have_a_check_digit(text):
    with pytest.raises(ValueError, match="decimal digits"):
        checkdigit.digit(text)
