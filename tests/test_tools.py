"""The tools that say whether everything passed must not say so too easily."""

import json

import pytest

from tools import browser, check, steps
from tools import test as runner


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "_RESULTS", tmp_path)

    def write(name, tests, skips=None):
        (tmp_path / f"{name}.json").write_text(json.dumps({"tests": tests, "skips": skips or {}}))

    return write


def test_the_last_line_sums_up_all_parts(results, capsys):
    results("sqlite", {"a": "passed", "b": "skipped"}, {"b": "no data beside the checkout"})
    results("postgresql", {"a": "passed", "b": "passed"})
    assert runner._close({"sqlite": 0, "postgresql": 0}, 61) == 0
    said = capsys.readouterr().out
    assert said.rstrip().splitlines()[-1] == "3 passed, 0 failed, 1 skipped in 61 s"
    assert "no data beside the checkout" in said


@pytest.mark.parametrize(
    ("tests", "code"),
    [({"a": "passed", "b": "failed"}, 1), ({}, 5), ({"a": "skipped"}, 0), ({"a": "passed"}, 3)],
    ids=["one failed", "nothing ran", "all skipped", "pytest broke"],
)
def test_a_bad_part_fails_the_whole(results, tests, code):
    results("sqlite", {"a": "passed"})
    results("postgresql", tests)
    assert runner._close({"sqlite": 0, "postgresql": code}, 1) == 1


def test_a_part_without_results_fails_the_whole(results):
    results("sqlite", {"a": "passed"})
    assert runner._close({"sqlite": 0, "postgresql": 0}, 1) == 1


def test_every_test_runs_on_both_databases_and_journeys_too():
    names = [part.name for part in runner._all_parts()]
    assert names == ["sqlite", "postgresql", "browser-sqlite", "browser-postgresql"]


def test_a_step_is_done_again_when_what_it_depends_on_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")
    file = tmp_path / "lock"
    file.write_text("one")
    steps.stamp("step", steps.digest(file))
    assert steps.is_current("step", steps.digest(file))
    file.write_text("two")
    assert not steps.is_current("step", steps.digest(file))


def test_a_failed_step_shows_what_was_said():
    with pytest.raises(steps.StepFailedError, match="why it failed"):
        steps.run("step", ["sh", "-c", "echo why it failed; exit 3"])


def test_the_browser_sees_our_fonts_only():
    content = browser.fonts().read_text()
    assert content.count("<dir>") == 2
    assert "noto-sans-sc" in content


def test_the_checks_cover_what_the_makefile_promises():
    names = {entry.name for entry in check.CHECKS}
    assert {"format", "lint", "types", "floor plan", "migrations", "OpenAPI document", "front end"} <= names
