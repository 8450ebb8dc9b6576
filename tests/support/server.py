"""A real ``yichuang serve`` in processes of its own, for journeys, for tests of serving and for measuring."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """Started by ``with``; ends with everything it started."""

    def __init__(self, database_url, data_dir, *arguments, **environment):
        self.data_dir = Path(data_dir)
        self.port = free_port()
        self.arguments = arguments
        self.scheme = "https" if "--tls" in arguments else "http"
        self.url = f"{self.scheme}://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "yichuang.project.settings",
            "PYTHONPATH": str(ROOT),
            "YICHUANG_DATABASE_URL": database_url,
            "YICHUANG_DATA_DIR": str(data_dir),
            "YICHUANG_KEYS_FILE": str(self.data_dir / "keys.json"),
            "YICHUANG_PUBLIC_URL": self.url,
            "YICHUANG_PORT": str(self.port),
            **environment,
        }
        self.lines = []
        self.process = None
        self._reader = None

    def command(self, *arguments, timeout=240):
        """Run one ``yichuang`` command against the same database; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "yichuang", *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "yichuang", "serve", *self.arguments],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._said = threading.Condition()
        self._reader.start()
        self.wait_for("已就绪")

    def _read(self):
        for line in self.process.stdout:
            with self._said:
                self.lines.append(line)
                self._said.notify_all()
        with self._said:
            self._said.notify_all()

    def wait_for(self, word, seconds=60):
        """Wait until the server has said ``word``."""
        until = monotonic() + seconds
        with self._said:
            while not any(word in line for line in self.lines):
                ended = not self._reader.is_alive() and self.process.poll() is not None
                left = until - monotonic()
                if left <= 0 or ended:
                    raise AssertionError(f"the server never said {word}:\n{self.output}")
                self._said.wait(min(left, 1))

    @property
    def output(self):
        return "".join(self.lines)

    def stop(self, number=signal.SIGTERM):
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(45)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._end_what_is_left()
        self._reader.join(10)
        self.process.stdout.close()
        return code

    def _end_what_is_left(self):
        """Orphans would hold the port and our end of the pipe; a test that is about them has judged by now."""
        wanted = {f"YICHUANG_PORT={self.port}", f"YICHUANG_DATA_DIR={self.data_dir}"}
        for entry in Path("/proc").glob("[0-9]*/environ"):
            try:
                if wanted <= set(entry.read_text(errors="replace").split("\0")):
                    os.kill(int(entry.parent.name), signal.SIGKILL)
            except OSError:
                continue

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def parents():
    """Every process and who started it."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(entry.parent.name)] = int(fields[1])
    return found


def children_of(pid):
    """Process ids below ``pid``, however deep."""
    table = parents()
    found, fresh = set(), {pid}
    while fresh:
        fresh = {child for child, parent in table.items() if parent in fresh} - found
        found |= fresh
    return found


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone_within(pids, seconds):
    """True once none of the processes lives."""
    until = monotonic() + seconds
    pause = threading.Event()
    while any(is_alive(pid) for pid in pids):
        if monotonic() > until:
            return False
        pause.wait(0.1)
    return True


def scratch_folder():
    return Path(tempfile.mkdtemp(prefix="yichuang-server-"))
