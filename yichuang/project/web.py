"""The web server process: granian and its WSGI workers. Started by ``yichuang serve`` with a pipe on standard input."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server import Server

from yichuang.lib.environment import env_int, env_str

# Idle threads that end close their database connection; starting anew costs the first clerk of the morning.
_IDLE_SECONDS = 600


def processes() -> int:
    """On SQLite one process, because two would only wait for each other's writes."""
    on_postgres = env_str("YICHUANG_DATABASE_URL", "").startswith("postgres")
    return env_int("YICHUANG_WEB_PROCESSES", 2, least=1) if on_postgres else 1


def end_with_parent() -> None:
    """Ask ourselves to stop when the pipe from the supervisor closes."""

    def wait() -> None:
        os.read(sys.stdin.fileno(), 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    options = parser.parse_args()
    end_with_parent()
    os.environ["YICHUANG_WATCH_PARENT"] = "1"
    Server(
        "yichuang.project.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=processes(),
        blocking_threads=env_int("YICHUANG_THREADS", 4, least=1),
        blocking_threads_idle_timeout=_IDLE_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
        ssl_cert=options.certificate,
        ssl_key=options.key,
        ssl_protocol_min=SSLProtocols.tls12,
        # Without this the whole server ends when one of its workers is killed.
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
    ).serve()


if __name__ == "__main__":
    main()
