import pytest

from yichuang.accounts import rules


def test_waits_grow_and_end_at_a_quarter_of_an_hour():
    waits = [rules.wait_after(failures, 5) for failures in range(4, 13)]
    assert waits == [0, 60, 120, 240, 480, 900, 900, 900, 900]


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 秒"), (59, "59 秒"), (60, "1 分钟"), (61, "2 分钟"), (900, "15 分钟")]
)
def test_nobody_is_told_too_short_a_time(seconds, words):
    assert rules.wait_in_words(seconds) == words


def test_one_name_however_it_is_typed():
    assert rules.normalised_username(" ＷangFang ") == "wangfang"
    assert rules.username_fault("wang.fang") == ""
    for bad in ("", "w", "王芳", "1wang", "wang fang", "a" * 41):
        assert rules.username_fault(bad)


def test_the_idle_rule_never_locks_early_and_locks_within_the_step():
    limit = 1800
    assert not rules.is_idle_over(0, limit, limit)
    assert not rules.is_idle_over(0, limit + 60, limit)
    assert rules.is_idle_over(0, limit + 61, limit)
    assert not rules.needs_new_sign(0, 59, limit)
    assert rules.needs_new_sign(0, 60, limit)


def test_secrets_of_the_machine_are_long_and_never_repeat():
    assert len({rules.new_token() for _ in range(100)}) == 100
    assert len(rules.new_token()) == 46
    code = rules.new_setup_code()
    assert rules.normalised_setup_code(code.upper().replace("-", " ")) == rules.normalised_setup_code(code)
    # SM3 of "abc", GB/T 32905-2016 A.1.
    assert rules.secret_hash("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
