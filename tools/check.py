"""Everything about the code that needs no run of it: ``python -m tools.check``. The last line sums up."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.steps import ROOT, say

_BIN = Path(sys.executable).parent
_MANAGE = (sys.executable, "-m", "django")


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: tuple[str, ...]
    remedy: str


CHECKS = (
    Check("format", (f"{_BIN}/ruff", "format", "--check", "--quiet", "."), "make fix"),
    Check("lint", (f"{_BIN}/ruff", "check", "--quiet", "."), "make fix, then by hand"),
    Check("types", (f"{_BIN}/mypy",), "by hand"),
    Check("floor plan", (f"{_BIN}/lint-imports",), "docs/architecture.md says who may import whom"),
    Check("system", (*_MANAGE, "check", "--fail-level", "WARNING"), "by hand"),
    Check(
        "migrations", (*_MANAGE, "makemigrations", "--check", "--dry-run"), "yichuang has a model without its migration"
    ),
    Check(
        "OpenAPI document",
        (sys.executable, "-m", "tools.openapi", "--check"),
        "make openapi, and look at the difference",
    ),
    Check("front end", (sys.executable, "-m", "tools.check_frontend"), "docs/conventions.md, Front end"),
    Check(
        "codebase and documents",
        (
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/test_codebase.py",
            "tests/test_documents.py",
        ),
        "docs/conventions.md",
    ),
)


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="yc-check-") as folder:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "yichuang.project.settings",
            "YICHUANG_DATA_DIR": folder,
            "YICHUANG_DATABASE_URL": f"sqlite:///{folder}/check.sqlite3",
        }
        for check in CHECKS:
            started = time.monotonic()
            done = subprocess.run(check.command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
            state = "ok" if done.returncode == 0 else "FAILED"
            say(f"{check.name:<24} {state:<7} {time.monotonic() - started:5.1f} s")
            if done.returncode:
                failed.append(check.name)
                say((done.stdout + done.stderr).rstrip())
                say(f"    remedy: {check.remedy}")
    say(f"{len(CHECKS) - len(failed)} checks passed, {len(failed)} failed{': ' + ', '.join(failed) if failed else ''}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
