import argparse
import io
import os
import subprocess
import sys
from datetime import date

import pytest

from tests.support.processes import ROOT
from yichuang.calendars.actions import special_day
from yichuang.deadlines import commands
from yichuang.lib.actor import Actor, ActorKind


@pytest.fixture
def run(capsys, monkeypatch, db):
    parser = argparse.ArgumentParser()
    commands.add(parser.add_subparsers())

    def go(*arguments, stdin=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        options = parser.parse_args(arguments)
        code = options.run(options)
        out, err = capsys.readouterr()
        return code, out, err

    return go


def test_due_prints_one_date(run):
    assert run("due", "2023-04-18", "20") == (0, "2023-05-17\n", "")
    assert run("due", "2023-09-05", "30", "--days") == (0, "2023-10-07\n", "")


def test_a_provisional_date_is_followed_by_a_line_that_says_so(run):
    code, out, err = run("due", "2026-12-30", "2")
    first, second = out.splitlines()
    assert (code, first, err) == (0, "2027-01-04", "")
    assert second.startswith("暂定（provisional）")


def test_explain_says_why_line_by_line(run):
    lines = run("due", "2023-04-21", "5", "--explain")[1].splitlines()
    assert lines[0] == "2023-04-27"
    assert lines[1] == "起算日 2023-04-21（星期五），当日不计入。"
    assert "2023-04-23（星期日）劳动节调休上班，计入（国办发明电〔2022〕16号）。" in lines
    assert lines[-1].endswith("到 2023-04-27（星期四）。")


def test_batch_prints_a_line_for_each_line(run):
    code, out, err = run("due", "--batch", stdin="2023-04-18 20\n2026-02-13\t3\n  2023-04-21   1 \n")
    assert (code, out, err) == (0, "2023-05-17\n2026-02-25\n2023-04-23\n", "")
    assert run("due", "--batch", "--days", stdin="2024-01-11 30\n") == (0, "2024-02-18\n", "")


def test_batch_finishes_the_rest_when_a_line_is_bad(run):
    bad = "2023-04-18 20\n2023-02-30 5\n2023-04-18\n\n2023-04-18 -1\n1999-01-01 5\n2023-04-21 1\n"
    code, out, err = run("due", "--batch", stdin=bad)
    assert (code, out) == (1, "2023-05-17\n\n\n\n\n\n2023-04-23\n")
    assert [line.split("：")[0] for line in err.splitlines()] == ["第 2 行", "第 3 行", "第 5 行", "第 6 行"]
    assert "“2023-02-30”不是日期" in err


def test_batch_names_provisional_lines_beside_the_dates(run):
    code, out, err = run("due", "--batch", stdin="2026-12-30 1\n2026-12-30 2\n")
    assert (code, out) == (0, "2026-12-31\n2027-01-04\n")
    assert err.startswith("第 2 行：暂定")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["18.4.2023", "5"], 1, "不是日期"),
        (["2023-04-18", "五"], 1, "非负整数"),
        (["2023-04-18", "-5"], 1, "非负整数"),
        (["2023-04-18", "99999"], 1, "超出工作日历"),
        (["2021-12-31", "5"], 1, "超出工作日历（2022 至 2035 年）"),
        (["2023-04-18"], 2, "用法"),
        ([], 2, "用法"),
        (["2023-04-18", "5", "--batch"], 2, "用法"),
        (["--batch", "--explain"], 2, "用法"),
    ],
)
def test_what_cannot_be_understood_is_answered_with_a_sentence(run, arguments, code, words):
    if "-5" in arguments:
        arguments = [*arguments[:1], "--", "-5"]
    answer = run("due", *arguments)
    assert answer[0] == code
    assert words in answer[2]
    assert answer[1] == ""


@pytest.mark.parametrize(
    ("kind", "value", "code", "words"),
    [
        ("ric", "51081119561105002x", 0, "51081119561105002X 校验通过"),
        ("ric", "510811198902290011", 1, "1989 年 02 月 29 日不存在"),
        ("uscc", "11511301008778183N", 0, "校验通过"),
        ("uscc", "11511301008778183M", 1, "第 18 位应为 N，现在是 M"),
        ("org", "00877818-3", 0, "008778183 校验通过"),
        ("org", "008778184", 1, "第 9 位应为 3，现在是 4"),
    ],
)
def test_check_code_says_why(run, kind, value, code, words):
    answer = run("check-code", kind, value)
    assert answer[0] == code
    assert words in answer[1]


def test_a_birth_to_come_is_refused(run):
    assert "不合理" in run("check-code", "ric", "510811299001010011")[1]


def test_both_answer_where_the_database_was_never_made(tmp_path):
    """And leave no database behind."""
    environment = {
        **os.environ,
        "YICHUANG_DATA_DIR": str(tmp_path),
        "YICHUANG_KEYS_FILE": str(tmp_path / "keys.json"),
        "YICHUANG_DATABASE_URL": f"sqlite:///{tmp_path / 'never.sqlite3'}",
        "PYTHONPATH": str(ROOT),
    }

    def yichuang(*arguments):
        command = [sys.executable, "-m", "yichuang", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    done = yichuang("due", "2023-04-18", "20")
    assert (done.stdout, done.returncode) == ("2023-05-17\n", 0), done.stderr
    assert yichuang("check-code", "uscc", "11511301008778183M").returncode == 1
    assert not list(tmp_path.glob("never*"))
    (tmp_path / "never.sqlite3").touch()
    assert yichuang("due", "2023-09-05", "30", "--days").stdout == "2023-10-07\n"


def test_a_calendar_changed_here_is_the_one_that_answers(run):
    editor = Actor(ActorKind.STAFF, "1", permissions=frozenset({"calendars.edit"}))
    special_day.clear(date(2023, 4, 23), notice="试", by=editor)
    assert run("due", "2023-04-21", "1")[1] == "2023-04-24\n"
