"""``yichuang serve``: the web server and the worker as children of one supervisor.

The supervisor holds no database connection, so nothing leaks into the children. Each child's standard input is a pipe
from the supervisor: when the supervisor goes, however it goes, the pipe closes and the child ends.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from yichuang.lib.environment import env_int, env_str
from yichuang.project import addresses, tls

_LOOK_EVERY = 0.2
_LONG_LIFE = 60.0
_LONGEST_PAUSE = 30.0
_STOP_WITHIN = 15.0


class CannotServeError(Exception):
    """Why the server did not start, as a Chinese sentence."""


@dataclass
class Child:
    """A process that is started again, after a growing pause, whenever it ends by itself."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    failures: int = field(default=0)

    def look(self, now: float, say: Callable[[str], None]) -> None:
        if self.process is None:
            if now >= self.start_at:
                # A session of its own: Ctrl-C reaches the supervisor only, which ends the children in order.
                self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
                self.started = now
            return
        code = self.process.poll()
        if code is None:
            return
        self._close_pipe()
        self.process = None
        self.failures = 1 if now - self.started > _LONG_LIFE else self.failures + 1
        pause = min(2.0 ** (self.failures - 1), _LONGEST_PAUSE)
        self.start_at = now + pause
        say(f"{self.name}意外结束（代码 {code}），{pause:.0f} 秒后重新启动。")

    def _close_pipe(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def stop(self) -> None:
        """Ask by signal and by the closed pipe; insist after a while."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self._close_pipe()
        try:
            self.process.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            # The child leads its own group: this takes its own children along.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def serve(host: str = "", port: int = 0, *, with_tls: bool = False, with_worker: bool = True) -> int:
    """Serve until told to stop (SIGTERM, SIGINT, closed terminal). Returns the exit code for the shell."""
    host = host or env_str("YICHUANG_HOST", "127.0.0.1")
    port = port or env_int("YICHUANG_PORT", 8000, least=1)
    try:
        _claim(host, port)
    except CannotServeError as error:
        _say(str(error))
        return 1
    arguments = ["--host", host, "--port", str(port)]
    scheme = "http"
    if with_tls:
        made = tls.ensure(addresses.data_dir() / "tls", addresses.names(host))
        arguments += ["--certificate", str(made.certificate), "--key", str(made.key)]
        scheme = "https"
    addresses.set_environment(scheme, host, port)
    children = [Child("网页服务", [sys.executable, "-m", "yichuang.project.web", *arguments])]
    if with_worker:
        children.append(Child("后台进程", [sys.executable, "-m", "yichuang", "work", "--parent-pipe"]))
    return _supervise(children, lambda: _announce(scheme, host, port, made.authority if with_tls else None))


def _claim(host: str, port: int) -> None:
    """Find out now, with a sentence, what would otherwise be a trace of the web server's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError:
        raise CannotServeError(f"没有权限使用端口 {port}，请改用 1024 以上的端口：YICHUANG_PORT=8000。") from None
    except OSError as error:
        raise CannotServeError(
            f"无法在 {host} 端口 {port} 上启动：端口已被占用或地址不可用（{error.strerror}）。"
            f"请先停止占用它的程序，或换一个端口：YICHUANG_PORT={port + 1}。",
        ) from None


def _supervise(children: list[Child], when_ready: Callable[[], bool]) -> int:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    ready = False
    try:
        while not stopping.is_set():
            for child in children:
                child.look(monotonic(), _say)
            ready = ready or when_ready()
            stopping.wait(_LOOK_EVERY)
        _say("正在停止……")
    finally:
        for child in children:
            child.stop()
    _say("已停止。")
    return 0


def _announce(scheme: str, host: str, port: int, authority: Path | None) -> bool:
    """Print the addresses once the server really answers."""
    if not addresses.answers(scheme, host, port):
        return False
    for url in addresses.urls(scheme, host, port):
        _say(f"一窗已就绪：{url}")
    if authority is not None:
        _say(f"证书安装指引：{addresses.urls(scheme, host, port)[-1]}/tls/guide")
        _say(f"根证书指纹（SHA-256）：{tls.fingerprint(authority)}")
    _say("按 Ctrl-C 停止。")
    return True


def _say(sentence: str) -> None:
    try:
        print(sentence, flush=True)  # noqa: T201 - the supervisor speaks to the terminal
    except OSError:
        # The terminal is gone; ending the children matters more than the words.
        return
