"""The server as processes: it starts, says where it is, survives the death of its parts and leaves nothing behind."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.server import ROOT, Server, children_of, gone_within, parents

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A migrated SQLite file; serving is the same on PostgreSQL and walked there by the journeys."""
    folder = tmp_path_factory.mktemp("serving")
    url = f"sqlite:///{folder / 'serving.sqlite3'}"
    Server(url, folder).command("migrate", "--quiet")
    return url, folder


def status_of(server, path, context=None):
    try:
        with urllib.request.urlopen(server.url + path, timeout=10, context=context) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_it_serves_and_ends_with_everything_it_started(migrated):
    with Server(*migrated) as server:
        assert status_of(server, "/tls/guide") == 404
        family = children_of(server.process.pid)
        assert len(family) >= 2
        assert server.stop() == 0
    assert gone_within(family, 5)
    assert "已停止" in server.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_end_it_too(migrated, number):
    with Server(*migrated) as server:
        family = children_of(server.process.pid)
        assert server.stop(number) == 0
    assert gone_within(family, 5)


def test_a_killed_supervisor_leaves_no_orphans(migrated):
    """With the call of end_with_parent() in web.py removed, the web server lived on and kept the port."""
    with Server(*migrated) as server:
        family = children_of(server.process.pid)
        server.process.kill()
        assert gone_within(family, 20)


def test_a_killed_web_server_comes_back(migrated):
    """Its workers notice, the port becomes free, the supervisor starts it again.

    With _end_with_parent() in wsgi.py removed, the old worker lived on beside the new one, with the port.
    """
    with Server(*migrated) as server:
        table = parents()
        below = children_of(server.process.pid)
        web = next(p for p in below if table[p] == server.process.pid and b"project.web" in command_line(p))
        workers = children_of(web)
        os.kill(web, signal.SIGKILL)
        server.wait_for("网页服务意外结束")
        assert gone_within(workers, 5)
        assert answers_again(server)


def test_a_taken_port_is_a_sentence(migrated):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        server = Server(*migrated)
        done = subprocess.run(
            [sys.executable, "-m", "yichuang", "serve", "--port", port],
            env=server.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert "端口已被占用" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_an_empty_database_is_a_sentence(tmp_path):
    server = Server(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path)
    with pytest.raises(AssertionError, match="yichuang migrate"):
        server.command("serve")


def test_tls_is_trusted_through_the_authority_and_the_guide_is_there(migrated):
    with Server(*migrated, "--tls") as server:
        trusting = ssl.create_default_context(cafile=str(server.data_dir / "tls" / "ca.crt"))
        assert status_of(server, "/tls/guide", trusting) == 200
        with urllib.request.urlopen(server.url + "/tls/ca.crt", timeout=10, context=trusting) as answer:
            assert answer.read() == (server.data_dir / "tls" / "ca.crt").read_bytes()
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(server.url + "/tls/guide", timeout=10)
        assert "/tls/guide" in server.output
        assert "指纹" in server.output


def command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def answers_again(server):
    pause = threading.Event()
    for _ in range(150):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=2)
        try:
            connection.request("GET", "/tls/guide")
            return connection.getresponse().status == 404
        except OSError:
            pause.wait(0.1)
        finally:
            connection.close()
    return False
