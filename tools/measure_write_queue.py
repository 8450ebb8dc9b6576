"""How long a write waits when eight processes write at once to one SQLite file, with and without the write queue.

    python tools/measure_write_queue.py [--seconds 4] [--processes 8] [--rounds 3] [--rate 0] [--json]

With --rate each process wants to write at moments fixed beforehand, and what is measured is the time from such a moment to the
acknowledgement: a writer that is kept waiting does not thereby ask less often, as no clerk and no queue would.

"with" is ``yichuang.kit.sqlite``, "without" is Django's own backend; everything else (WAL, synchronous=FULL, IMMEDIATE,
timeout) is the same. The two take turns within one run and the medians of the rounds are compared: only the ratios mean
anything on another machine.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGINES = {"with": "yichuang.kit.sqlite", "without": "django.db.backends.sqlite3"}
_CHILD = """
import json, sys, time
import random
engine, file, seconds, rate = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": engine, "NAME": file, "CONN_MAX_AGE": None, "OPTIONS": {
    "transaction_mode": "IMMEDIATE", "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"}}})
import django
django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
print("ready", flush=True)
sys.stdin.readline()
took, wanted = [], time.perf_counter()
end = wanted + seconds
while True:
    # Without a rate each writes again as soon as it can.
    wanted = wanted + random.expovariate(rate) if rate else time.perf_counter()
    if wanted > end:
        break
    time.sleep(max(0.0, wanted - time.perf_counter()))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE head SET seq = seq + 1 WHERE id = 1")
        cursor.execute("INSERT INTO event (body) VALUES (%s)", ["x" * 200])
    took.append((time.perf_counter() - wanted) * 1000)
print(json.dumps(took), flush=True)
"""
_PREPARE = "CREATE TABLE head (id INTEGER PRIMARY KEY, seq INTEGER); INSERT INTO head VALUES (1, 0); CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT);"


def run(engine: str, *, processes: int, seconds: float, rate: float) -> list[float]:
    """Milliseconds of every transaction of every process, shortest first. Fails when a write was lost."""
    import sqlite3

    with tempfile.TemporaryDirectory(prefix="yichuang-queue-") as folder:
        file = str(Path(folder) / "measured.sqlite3")
        database = sqlite3.connect(file)
        database.executescript("PRAGMA journal_mode=WAL;" + _PREPARE)
        command = [sys.executable, "-c", _CHILD, engine, file, str(seconds), str(rate)]
        pipe = subprocess.PIPE
        children = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) for _ in range(processes)]
        for child in children:
            if child.stdout is None or child.stdout.readline().strip() != "ready":
                raise SystemExit("a writer did not start")
        for child in children:
            if child.stdin is not None:
                child.stdin.write("go\n")
                child.stdin.flush()
        took = [value for child in children for value in json.loads(child.communicate()[0])]
        counted = database.execute("SELECT seq, (SELECT count(*) FROM event) FROM head").fetchone()
        database.close()
        if counted != (len(took), len(took)):
            raise SystemExit(f"{len(took)} writes were acknowledged, {counted} are there")
    return sorted(took)


def figures(took: list[float], seconds: float) -> dict[str, float]:
    return {
        "p50_ms": took[len(took) // 2],
        "p99_ms": took[int(len(took) * 0.99)],
        "longest_ms": took[-1],
        "per_second": len(took) / seconds,
    }


def measure(*, processes: int, seconds: float, rounds: int, rate: float) -> dict[str, dict[str, float]]:
    """The median over the rounds of each figure for each engine, and the ratio without : with."""
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in ENGINES}
    for _ in range(rounds):
        for name, engine in ENGINES.items():
            rows[name].append(figures(run(engine, processes=processes, seconds=seconds, rate=rate), seconds))
    result = {
        name: {key: round(statistics.median(row[key] for row in of), 2) for key in of[0]} for name, of in rows.items()
    }
    result["ratio"] = {key: round(result["without"][key] / result["with"][key], 2) for key in result["with"]}
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0, help="writes a second of each process; 0: as fast as it can")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(processes=options.processes, seconds=options.seconds, rounds=options.rounds, rate=options.rate)
    if options.json:
        print(json.dumps(result))
        return 0
    pace = f"{options.rate:g} writes/s each" if options.rate else "as fast as they can"
    print(f"{options.processes} processes, {options.rounds} rounds of {options.seconds:g} s, {pace}, median")
    print(f"{'':10}{'p50 ms':>10}{'p99 ms':>10}{'longest ms':>12}{'writes/s':>10}")
    for name, row in result.items():
        print(f"{name:10}{row['p50_ms']:>10}{row['p99_ms']:>10}{row['longest_ms']:>12}{row['per_second']:>10}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
