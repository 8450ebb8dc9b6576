"""Where this machine can be reached, and what the children of the server must know of it."""

import contextlib
import http.client
import os
import socket
import ssl
from pathlib import Path

from yichuang.lib.environment import env_list, env_path

_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound


def data_dir() -> Path:
    """The same folder as settings.DATA_DIR, without loading the settings."""
    return env_path("YICHUANG_DATA_DIR", Path.cwd() / "var")


def lan_addresses() -> list[str]:
    """IPv4 addresses of this machine that another machine could use. Sends nothing."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        with contextlib.suppress(OSError):
            # A datagram socket "connected" to a private address only asks the routing table.
            probe.connect(("10.255.255.255", 1))
            found.append(str(probe.getsockname()[0]))
    with contextlib.suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [found_one for found_one in dict.fromkeys(found) if not found_one.startswith(("127.", "0."))]


def names(host: str) -> list[str]:
    """Every name and address the certificate must cover, the most local first."""
    own = ["localhost", "127.0.0.1", "::1", socket.gethostname(), *lan_addresses(), *env_list("YICHUANG_TLS_NAMES", [])]
    return list(dict.fromkeys(own if host in _EVERYWHERE else [*own, host]))


def urls(scheme: str, host: str, port: int) -> list[str]:
    hosts = ["127.0.0.1", *lan_addresses()] if host in _EVERYWHERE else [host]
    return [f"{scheme}://{f'[{name}]' if ':' in name else name}:{port}" for name in hosts]


def set_environment(scheme: str, host: str, port: int) -> None:
    """Defaults of the children that follow from how we were started; what the operator set stays."""
    reachable = names(host) if host in _EVERYWHERE or scheme == "https" else ["localhost", "127.0.0.1", "::1", host]
    allowed = ",".join(f"[{name}]" if ":" in name else name for name in dict.fromkeys(reachable))
    os.environ.setdefault("YICHUANG_ALLOWED_HOSTS", allowed)
    os.environ.setdefault("YICHUANG_PUBLIC_URL", urls(scheme, host, port)[-1])


def answers(scheme: str, host: str, port: int) -> bool:
    """True once the web server gives any HTTP answer."""
    there = "127.0.0.1" if host in _EVERYWHERE else host
    connection: http.client.HTTPConnection
    if scheme == "https":
        # Whether somebody answers, not who: the certificate is checked by the browsers.
        connection = http.client.HTTPSConnection(there, port, timeout=5, context=ssl._create_unverified_context())  # noqa: S323, SLF001
    else:
        connection = http.client.HTTPConnection(there, port, timeout=5)
    try:
        # A static file: the whole web process must stand for it, and nothing is logged.
        connection.request("HEAD", "/static/kit/icon.svg")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
