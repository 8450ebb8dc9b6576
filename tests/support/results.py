"""Pytest plugin: the clauses named by marks must exist, and what ran is written down for ``make plan`` and the summary.

Written only when YICHUANG_TEST_RESULTS names the part of ``make test`` that is running; a single test by hand leaves no trace.
"""

import json
import os
from pathlib import Path

import pytest

from yichuang.project import plan

_BAD = {"failed", "error"}


def pytest_collection_modifyitems(items):
    known = {clause["id"] for clause in plan.clauses()}
    for item in items:
        for mark in item.iter_markers("plan"):
            if not mark.args or any(clause not in known for clause in mark.args):
                raise pytest.UsageError(f"{item.nodeid}: the reform plan has no clause {mark.args}")


def pytest_configure(config):
    part = os.environ.get("YICHUANG_TEST_RESULTS", "")
    # With xdist the reports of all processes come together in the controller.
    if part and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(part), "yichuang-results")


class Recorder:
    """One outcome a test: the worst of its set-up, its call and its tear-down."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.tests = {}
        self.skips = {}
        self.collection_errors = []

    def pytest_runtest_logreport(self, report):
        before = self.tests.get(report.nodeid)
        if report.failed:
            self.tests[report.nodeid] = "failed"
        elif report.skipped and before not in _BAD:
            self.tests[report.nodeid] = "skipped"
            self.skips[report.nodeid] = _sentence(report)
        elif report.when == "call" and before is None:
            self.tests[report.nodeid] = "passed"

    def pytest_collectreport(self, report):
        if report.failed:
            self.collection_errors.append(str(report.nodeid))
        elif report.skipped:
            self.tests[str(report.nodeid)] = "skipped"
            self.skips[str(report.nodeid)] = _sentence(report)

    def pytest_sessionfinish(self, session):
        folder = plan.RESULTS
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "part": self.part,
            "tests": self.tests | dict.fromkeys(self.collection_errors, "failed"),
            "skips": self.skips,
        }
        Path(folder / f"{self.part}.json").write_text(
            json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8"
        )


def _sentence(report) -> str:
    """The reason given to pytest.skip, without the place it came from."""
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return str(getattr(report, "wasxfail", "") or "no reason given")
