"""Everything that is tested, part after part, and one line at the end: ``python -m tools.test [--soak]``."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools.steps import ROOT, say

_RESULTS = ROOT / "var" / "test-results"
_PYTEST = (sys.executable, "-m", "pytest", "-q", "--durations=5")
_ON_POSTGRES = (sys.executable, "tools/with_postgres.py")
_SOAK = {"YICHUANG_SOAK": "1"}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


def _parts(selection: str, *flags: str) -> tuple[Part, Part]:
    command = (*_PYTEST, "-m", selection, *flags)
    return Part("sqlite", command), Part("postgresql", (*_ON_POSTGRES, *command))


def _all_parts() -> list[Part]:
    # Browser journeys run alone: a browser, a server and a database are work enough for two cores.
    # What touches no database, and how pages look, is the same on both: it runs once, on SQLite.
    sqlite, postgres = _parts("not browser and not soak", "-n", "2", "--dist", "worksteal")
    road_sqlite, _ = _parts("browser and not soak")
    _, road_postgres = _parts("browser and not soak and not looks")
    once = (("YICHUANG_TEST_DATABASE_ONLY", "1"),)
    return [
        sqlite,
        Part(postgres.name, postgres.command, once),
        Part("browser-sqlite", road_sqlite.command),
        Part("browser-postgresql", road_postgres.command, once),
    ]


def _soak_parts() -> list[Part]:
    # hypothesis marks its own tests; with the soak profile each tries thousands of examples.
    return [Part(f"soak-{part.name}", part.command) for part in _parts("soak or hypothesis or processes")]


def main() -> int:
    is_soak = "--soak" in sys.argv
    started = time.monotonic()
    if not is_soak:
        # What an earlier run proved is not proven by this one.
        shutil.rmtree(_RESULTS, ignore_errors=True)
    parts = _soak_parts() if is_soak else _all_parts()
    codes = {part.name: _run(part, _SOAK if is_soak else {}) for part in parts}
    return _close(codes, time.monotonic() - started)


def _run(part: Part, extra: dict[str, str]) -> int:
    say(f"\n=== {part.name}")
    (_RESULTS / f"{part.name}.json").unlink(missing_ok=True)
    inherited = {key: value for key, value in os.environ.items() if key != "YICHUANG_DATABASE_URL"}
    env = inherited | extra | dict(part.environment) | {"YICHUANG_TEST_RESULTS": part.name}
    return subprocess.call(part.command, cwd=ROOT, env=env)


def _close(codes: dict[str, int], seconds: float) -> int:
    counts, skips, broken = {"passed": 0, "failed": 0, "skipped": 0}, {}, []
    for name, code in codes.items():
        file = _RESULTS / f"{name}.json"
        content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"tests": {}, "skips": {}}
        outcomes = list(content["tests"].values())
        for outcome in outcomes:
            counts[outcome] += 1
        skips |= {(name, test): sentence for test, sentence in content["skips"].items()}
        if code != 0 or "passed" not in outcomes:
            broken.append(f"{name} (exit code {code}, {len(outcomes)} tests ran)")
    _say_skips(skips)
    for sentence in broken:
        say(f"FAILED: {sentence}")
    say(f"{', '.join(f'{number} {word}' for word, number in counts.items())} in {seconds:.0f} s")
    return 1 if broken or counts["failed"] or not counts["passed"] else 0


def _say_skips(skips: dict[tuple[str, str], str]) -> None:
    by_sentence: dict[str, list[str]] = {}
    for (name, test), sentence in sorted(skips.items()):
        by_sentence.setdefault(sentence, []).append(f"{name}: {test}")
    say("")
    for sentence, tests in by_sentence.items():
        say(f"skipped {len(tests)}: {sentence}   [{_first(tests)}]")


def _first(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else f"{tests[0]} and {len(tests) - 1} more"


if __name__ == "__main__":
    sys.exit(main())
