"""A step of an installation: skipped when its stamp is current, shown while it runs, explained when it fails."""

import hashlib
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAMPS = ROOT / ".stamps"
_SIGN_OF_LIFE = 10.0


class StepFailedError(Exception):
    """What went wrong and what to do, for the person who typed ``make``."""


def say(line: str) -> None:
    print(line, flush=True)


def digest(*parts: Path | str) -> str:
    """A fingerprint of everything a step depends on: files by content, words as they are."""
    total = hashlib.sha256(str(ROOT).encode())
    for part in parts:
        total.update(b"\0" + (part.read_bytes() if isinstance(part, Path) else part.encode()))
    return total.hexdigest()


def is_current(name: str, value: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == value


def stamp(name: str, value: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(value)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which lines of a command's output are worth showing (group 1 of ``pattern``), and how many are to come."""

    pattern: str
    total: int = 0


def run(
    title: str,
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    shown: Shown | None = None,
) -> None:
    """Run a command, with a line now and then so that nobody thinks it hangs; its output is shown when it fails."""
    started = time.monotonic()
    quiet = threading.Event()
    threading.Thread(target=_show_life, args=(title, started, quiet), daemon=True).start()
    try:
        with subprocess.Popen(
            command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            output = _follow(title, process, shown)
            code = process.wait()
    finally:
        quiet.set()
    if code:
        raise StepFailedError(f"{title} failed ({code}): {' '.join(command)}\n{''.join(output[-40:])}")
    say(f"  {title}: done in {time.monotonic() - started:.0f} s")


def _follow(title: str, process: subprocess.Popen[str], shown: Shown | None) -> list[str]:
    output, seen, last = [], 0, 0.0
    for line in process.stdout or ():
        output.append(line)
        match = re.match(shown.pattern, line.strip()) if shown else None
        if match and shown:
            seen += 1
            if time.monotonic() - last > 1 or seen == shown.total:
                last = time.monotonic()
                say(f"  {title}: {seen}{f' of {shown.total}' if shown.total else ''}, {match.group(1)}")
    return output


def _show_life(title: str, started: float, quiet: threading.Event) -> None:
    while not quiet.wait(_SIGN_OF_LIFE):
        say(f"  {title}: still working, {time.monotonic() - started:.0f} s")


def works(command: Sequence[str], *, env: Mapping[str, str] | None = None, seconds: float = 60) -> str | None:
    """The output of a command, or None when it is absent, fails or hangs."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, env=env, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def fail(error: StepFailedError) -> int:
    print(f"\n{error}", file=sys.stderr, flush=True)
    return 1
