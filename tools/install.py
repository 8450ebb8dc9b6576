"""Make a clone ready: ``python -m tools.install run`` or ``dev``. Doing it again takes a moment and changes nothing.

Nothing outside the checkout is touched, except that ``dev`` as root on a machine with a package manager asks that one
for a browser.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tools import browser, node, steps
from tools.steps import ROOT, StepFailedError

_VENV = ROOT / ".venv"
_PYTHON = _VENV / "bin" / "python"
_VERSION = "import sys; print('%d.%d.%d' % sys.version_info[:3])"


def main() -> int:
    profile = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        _install(profile)
    except StepFailedError as error:
        return steps.fail(error)
    except KeyboardInterrupt:
        return steps.fail(StepFailedError("Stopped. Running the same command again continues."))
    return 0


def _install(profile: str) -> None:
    _virtual_environment()
    _python_packages(profile)
    node.install("front-end files", ROOT)
    if profile == "dev":
        browser.ensure()


def _virtual_environment() -> None:
    if steps.works([str(_PYTHON), "-c", _VERSION]) and steps.works([str(_PYTHON), "-m", "pip", "--version"]):
        return
    steps.say("First time here: this takes one to five minutes, depending on the line. The next start takes seconds.")
    steps.say(f"  Python {sys.version.split()[0]} in .venv")
    if _VENV.exists():
        shutil.rmtree(_VENV)
    if _create():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        steps.run(
            "python3-venv from the system", ["apt-get", "install", "-y", "--no-install-recommends", "python3-venv"]
        )
        if _create():
            return
    raise StepFailedError(
        "Python cannot make virtual environments here: the module venv (with ensurepip) is missing.\n"
        "Please install it and try again:\n"
        "  Debian, Ubuntu, Kylin, UOS:   apt-get install python3-venv\n"
        "  Fedora, openEuler, Anolis:    dnf install python3-pip\n"
        "  Alpine:                       apk add py3-pip py3-virtualenv",
    )


def _create() -> bool:
    done = subprocess.run([sys.executable, "-m", "venv", str(_VENV)], capture_output=True, check=False)
    return done.returncode == 0 and steps.works([str(_PYTHON), "-m", "pip", "--version"]) is not None


def _python_packages(profile: str) -> None:
    # What is needed for development contains what is needed to run.
    current = {name: _value(name) for name in ("run", "dev")}
    enough = ("dev",) if profile == "dev" else ("run", "dev")
    if any(steps.is_current(f"python-{name}", current[name]) for name in enough):
        return
    for name in ("build", profile):
        file = f"requirements/{name}.txt"
        total = sum("==" in line for line in (ROOT / file).read_text().splitlines())
        command = [str(_PYTHON), "-m", "pip", "install", "--require-hashes", "--progress-bar", "off", "-r", file]
        seen = r"(?:Collecting|Requirement already satisfied:) (\S+)"
        steps.run(f"Python packages ({name})", command, shown=steps.Shown(seen, total))
    # The build tool stands in the environment already, from its lock: nothing unchecked is fetched.
    command = [str(_PYTHON), "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--editable", "."]
    steps.run("the platform itself", command)
    steps.stamp(f"python-{profile}", current[profile])


def _value(profile: str) -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    version = steps.works([str(_PYTHON), "-c", _VERSION]) or ""
    requirements = [ROOT / "requirements" / f"{name}.txt" for name in ("build", profile)]
    return steps.digest(*requirements, repr(project["scripts"]), version, Path(_PYTHON).resolve().as_posix())


if __name__ == "__main__":
    sys.exit(main())
