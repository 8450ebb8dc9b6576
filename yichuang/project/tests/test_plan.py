import json

import pytest

from yichuang.project import plan
from yichuang.project.cli import main

SOURCE = """
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.plan("O1")]


@pytest.mark.plan("D2-counter", "T6")
@pytest.mark.parametrize("size", [1, 2])
def test_one(size): ...


class TestGroup:
    @pytest.mark.plan("F5")
    def test_two(self): ...


def helper(): ...
"""
ONE, TWO = "tests/test_it.py::test_one", "tests/test_it.py::TestGroup::test_two"


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(SOURCE)
    return tmp_path


def row(checkout, clause):
    return next(row for row in plan.rows(checkout, checkout / "results") if row.clause["id"] == clause)


def write_results(checkout, **parts):
    (checkout / "results").mkdir(exist_ok=True)
    for name, tests in parts.items():
        (checkout / "results" / f"{name}.json").write_text(json.dumps({"tests": tests}))


def test_marks_of_functions_classes_and_files_are_found(checkout):
    assert set(plan.marked(checkout)) == {
        (ONE, "O1"),
        (ONE, "D2-counter"),
        (ONE, "T6"),
        (TWO, "O1"),
        (TWO, "F5"),
    }


def test_a_clause_without_tests_is_not_proven(checkout):
    assert row(checkout, "V7").passed is False
    assert "未证明" in plan.as_text(plan.rows(checkout, checkout / "results"))


def test_a_test_that_did_not_run_proves_nothing(checkout):
    assert row(checkout, "F5").passed is False


def test_passed_means_on_every_database_and_with_every_parameter(checkout):
    write_results(checkout, sqlite={f"{ONE}[1]": "passed", f"{ONE}[2]": "passed"}, postgresql={f"{ONE}[1]": "passed"})
    assert row(checkout, "T6").passed is True
    write_results(checkout, postgresql={f"{ONE}[1]": "passed", f"{ONE}[2]": "failed"})
    assert row(checkout, "T6").passed is False


def test_a_skipped_test_proves_nothing(checkout):
    write_results(checkout, sqlite={TWO: "passed"}, postgresql={TWO: "skipped"})
    assert row(checkout, "F5").passed is False


def test_the_command_prints_every_clause(capsys):
    assert main(["plan", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [set(row) for row in rows] == [{"id", "tests", "passed"}] * len(plan.clauses())
    assert len(rows) == 58


def test_an_unknown_clause_fails_the_run(pytester_like):
    assert "has no clause" in pytester_like('@pytest.mark.plan("X99")')
    assert "has no clause" not in pytester_like('@pytest.mark.plan("O1")')


@pytest.fixture
def pytester_like(tmp_path):
    """Run one small test file through the real plugin in a process of its own."""
    import subprocess
    import sys

    def run(mark):
        file = tmp_path / "test_marked.py"
        file.write_text(f"import pytest\n\n{mark}\ndef test_nothing(): pass\n")
        command = [sys.executable, "-m", "pytest", "-q", "-c", "pyproject.toml", "--rootdir", ".", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=plan.CHECKOUT, timeout=120)
        return done.stdout + done.stderr

    return run
