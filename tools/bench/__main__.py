"""Measure everything, print a table, write bench.json: ``python -m tools.bench [--quick] [--only NAME]``.

Throughput is measured in interleaved rounds (pgbench, ours, pgbench), because the same machine varies by a quarter between
quiet minutes; only the ratio means something elsewhere. Client, server and database share this machine's cores.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.bench import accept, postgres
from tools.bench.figure import Figure
from tools.steps import ROOT, StepFailedError, fail, say

_INSIDE = ("due_computations", "search", "papers")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="one short round: to see that it works, not to compare")
    parser.add_argument("--only", default="", help="throughput, or one of " + ", ".join(_INSIDE))
    options = parser.parse_args()
    figures: list[Figure] = []
    try:
        if options.only in {"", "throughput"}:
            figures += _throughput(
                rounds=1 if options.quick else 5, seconds=4 if options.quick else 15, quick=options.quick
            )
        for name in _INSIDE:
            if options.only in {"", name}:
                figures += _inside(name)
    except StepFailedError as error:
        return fail(error)
    _report(figures, quick=options.quick)
    return 0


def _throughput(*, rounds: int, seconds: int, quick: bool) -> list[Figure]:
    scale = 5 if quick else 50
    with postgres.started() as server:
        say(
            f"PostgreSQL {server.version()}: {server.settings()}; pgbench scale {scale}, 8 clients, {seconds} s a round"
        )
        server.prepare_pgbench(scale)
        with accept.serving(server.fresh_database("yichuang_bench")) as ours:
            say(f"ours on PostgreSQL: {ours.described()}")
            ours.run(2)
            pairs = []
            for number in range(rounds):
                before = server.pgbench(seconds)
                mine = ours.run(seconds)
                after = server.pgbench(seconds)
                pairs.append((before, mine, after))
                say(
                    f"  round {number + 1}: pgbench {before.value:.0f}, ours {mine.value:.0f}, pgbench {after.value:.0f}"
                )
    limits = [figure for before, _, after in pairs for figure in (before, after)]
    ratio = statistics.median(mine.value / ((before.value + after.value) / 2) for before, mine, after in pairs)
    with (
        tempfile.TemporaryDirectory(prefix="yc-bench-") as folder,
        accept.serving(f"sqlite:///{folder}/b.sqlite3") as ours,
    ):
        ours.run(2)
        embedded = _median("accept_c8_sqlite", "cases/s", [ours.run(seconds) for _ in range(rounds)])
    return [
        _median("pgbench_tpcb_c8", "transactions/s", limits),
        _median("accept_c8", "cases/s", [mine for _, mine, _ in pairs], ratio),
        embedded,
    ]


def _median(name: str, unit: str, runs: list[Figure], ratio: float | None = None) -> Figure:
    middle = sorted(runs, key=lambda figure: figure.value)[len(runs) // 2]
    return Figure(
        name, round(middle.value, 1), unit, middle.p50_ms, middle.p99_ms, None if ratio is None else round(ratio, 3)
    )


def _inside(name: str) -> list[Figure]:
    """A figure that needs no server: in a process of its own, on a fresh database."""
    if not (ROOT / "tools" / "bench" / f"{name}.py").exists():
        say(f"no figure {name}: tools/bench/{name}.py does not exist yet")
        return []
    with tempfile.TemporaryDirectory(prefix="yc-bench-") as folder:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "yichuang.project.settings",
            "YICHUANG_DATA_DIR": folder,
            "YICHUANG_KEYS_FILE": f"{folder}/keys.json",
            "YICHUANG_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        command = [sys.executable, "-m", "tools.bench.inside", name, f"{folder}/result.json"]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StepFailedError(f"{name}: {done.stdout}{done.stderr}")
        result = json.loads(Path(folder, "result.json").read_text())
    return [Figure(**row) for row in (result if isinstance(result, list) else [result])]


def _report(figures: list[Figure], *, quick: bool) -> None:
    say("")
    say(f"{'figure':<24}{'value':>12}  {'unit':<16}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
    for figure in figures:
        cells = [f"{cell:g}" if cell is not None else "" for cell in (figure.p50_ms, figure.p99_ms, figure.ratio)]
        say(f"{figure.name:<24}{figure.value:>12g}  {figure.unit:<16}{cells[0]:>9}{cells[1]:>9}{cells[2]:>8}")
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform(terse=True)}"
    content = {"machine": machine, "quick": quick, "figures": [figure.as_row() for figure in figures]}
    (ROOT / "bench.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say(f"written: bench.json ({machine})")


if __name__ == "__main__":
    sys.exit(main())
