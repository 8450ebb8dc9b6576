"""A Chromium for the tests: named, found, asked of the system's package manager, or from npm. And Chinese fonts."""

import json
import os
import shutil
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from tools import node, steps
from tools.steps import ROOT, StepFailedError

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_MANAGERS = (
    ("apt-get", ("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", "chromium")),
    ("dnf", None, ("dnf", "install", "-y", "chromium-headless")),
    ("apk", None, ("apk", "add", "chromium")),
)
_FOLDER = ROOT / ".browser"
_FOUND = _FOLDER / "found.json"
_FROM_NPM = ROOT / "tools" / "chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_TRIAL = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as tool:
    browser = tool.chromium.launch(executable_path=sys.argv[1], args=sys.argv[2:])
    page = browser.new_page()
    page.set_content("<p>it-works</p>")
    print(page.inner_text("p"))
    browser.close()
"""


@dataclass(frozen=True, slots=True)
class Browser:
    executable: str
    loader_path: str = ""

    def environment(self) -> dict[str, str]:
        """With our own fonts and no others: the same picture everywhere, and Chinese is never blank."""
        extra = {"FONTCONFIG_FILE": str(fonts())}
        if self.loader_path:
            extra["LD_LIBRARY_PATH"] = self.loader_path
        return {**os.environ, **extra}

    def works(self) -> bool:
        """Opened the way the tests open it; not every build answers to command-line switches."""
        command = [str(ROOT / ".venv/bin/python"), "-c", _TRIAL, self.executable, *FLAGS]
        return "it-works" in (steps.works(command, env=self.environment(), seconds=90) or "")


def find() -> Browser | None:
    """What ``ensure`` found on an earlier run."""
    if not _FOUND.exists():
        return None
    try:
        found = Browser(**json.loads(_FOUND.read_text()))
    except (TypeError, ValueError):
        return None  # Written by an older checkout: look again.
    return found if Path(found.executable).exists() else None


def ensure() -> Browser:
    known = find()
    if known:
        return known
    for attempt in (_named, _of_system, _from_manager, _from_npm):
        found = attempt()
        if found and found.works():
            _FOLDER.mkdir(exist_ok=True)
            _FOUND.write_text(json.dumps({"executable": found.executable, "loader_path": found.loader_path}))
            steps.say(f"  browser for the tests: {found.executable}")
            return found
    raise StepFailedError(
        "No Chromium runs on this machine. Please install one or name it: YICHUANG_TEST_BROWSER=/path",
    )


def _named() -> Browser | None:
    name = os.environ.get("YICHUANG_TEST_BROWSER", "")
    return Browser(name) if name else None


def _of_system() -> Browser | None:
    for name in _NAMES:
        path = shutil.which(name)
        if path:
            return Browser(path)
    return None


def _from_manager() -> Browser | None:
    if os.geteuid() != 0 or os.environ.get("YICHUANG_TEST_BROWSER_FROM") == "npm":
        return None
    for name, refresh, install in _MANAGERS:
        if shutil.which(name):
            try:
                if refresh:
                    steps.run(f"package lists ({name})", refresh)
                steps.run(f"Chromium ({name})", install, shown=steps.Shown(r"(?:Unpacking|Setting up) (\S+)"))
            except StepFailedError as error:
                reason = str(error).splitlines()[0]
                steps.say(f"  no Chromium from {name} ({reason}); taking the one from npm")
            break
    return _of_system()


def _from_npm() -> Browser:
    node.install("Chromium (npm)", _FROM_NPM)
    packed = _FROM_NPM / "node_modules/@sparticuz/chromium/bin"
    _FOLDER.mkdir(exist_ok=True)
    executable, libraries = _FOLDER / "chromium", _FOLDER / "al2023.tar"
    _unpack(packed / "chromium.br", executable)
    _unpack(packed / "al2023.tar.br", libraries)
    executable.chmod(0o755)
    with tarfile.open(libraries) as archive:
        # The archive is checked by the hash in the lock; the filter exists from Python 3.11.4.
        archive.extractall(_FOLDER, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # noqa: S202
    libraries.unlink()
    return Browser(str(executable), str(_FOLDER / "lib"))


def _unpack(source: Path, target: Path) -> None:
    script = (
        "const fs=require('fs'),z=require('zlib'),[s,t]=process.argv.slice(1);"
        "require('stream').pipeline(fs.createReadStream(s),z.createBrotliDecompress(),fs.createWriteStream(t),"
        "e=>{if(e){console.error(e);process.exit(1)}});"
    )
    steps.run(f"unpacking {source.name}", [node.ensure().node, "-e", script, str(source), str(target)])


def fonts() -> Path:
    """A fontconfig file that knows the npm fonts only."""
    _FOLDER.mkdir(exist_ok=True)
    file = _FOLDER / "fonts.conf"
    folders = [ROOT / "node_modules/@expo-google-fonts" / name for name in ("noto-sans-sc", "noto-serif-sc")]
    content = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        + "".join(f"<dir>{folder}</dir>\n" for folder in folders)
        + f"<cachedir>{_FOLDER / 'font-cache'}</cachedir>\n"
        + "".join(
            f"<alias><family>{generic}</family><prefer><family>{own}</family></prefer></alias>\n"
            for generic, own in (
                ("sans-serif", "Noto Sans SC"),
                ("serif", "Noto Serif SC"),
                ("monospace", "Noto Sans SC"),
            )
        )
        + "</fontconfig>\n"
    )
    if not file.exists() or file.read_text() != content:
        file.write_text(content)
    return file


if __name__ == "__main__":
    try:
        ensure()
    except StepFailedError as failure:
        sys.exit(steps.fail(failure))
