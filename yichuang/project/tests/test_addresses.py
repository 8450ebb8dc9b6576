import os

import pytest

from yichuang.project import addresses


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("YICHUANG_ALLOWED_HOSTS", "YICHUANG_PUBLIC_URL", "YICHUANG_TLS_NAMES"):
        # Set first, so that monkeypatch takes away what the function under test sets.
        monkeypatch.setenv(name, "x")
        monkeypatch.delenv(name)
    monkeypatch.setattr(addresses, "lan_addresses", lambda: ["192.168.1.20"])


def test_on_this_machine_only_local_names_are_served():
    addresses.set_environment("http", "127.0.0.1", 8000)
    assert "192.168.1.20" not in os.environ["YICHUANG_ALLOWED_HOSTS"]
    assert os.environ["YICHUANG_PUBLIC_URL"] == "http://127.0.0.1:8000"


def test_in_the_network_the_address_others_use_is_the_public_one():
    addresses.set_environment("https", "0.0.0.0", 8443)
    assert "192.168.1.20" in os.environ["YICHUANG_ALLOWED_HOSTS"].split(",")
    assert os.environ["YICHUANG_PUBLIC_URL"] == "https://192.168.1.20:8443"


def test_what_the_operator_set_stays(monkeypatch):
    monkeypatch.setenv("YICHUANG_PUBLIC_URL", "https://hall.example")
    monkeypatch.setenv("YICHUANG_ALLOWED_HOSTS", "hall.example")
    addresses.set_environment("http", "0.0.0.0", 8000)
    assert os.environ["YICHUANG_PUBLIC_URL"] == "https://hall.example"
    assert os.environ["YICHUANG_ALLOWED_HOSTS"] == "hall.example"


def test_the_certificate_covers_extra_names(monkeypatch):
    monkeypatch.setenv("YICHUANG_TLS_NAMES", "hall.example, 10.0.0.5")
    assert {"hall.example", "10.0.0.5", "192.168.1.20", "localhost"} <= set(addresses.names("0.0.0.0"))


def test_ipv6_addresses_are_written_in_brackets():
    assert addresses.urls("http", "::1", 8000) == ["http://[::1]:8000"]


def test_nobody_there_is_not_an_answer():
    from tests.support.server import free_port

    assert addresses.answers("http", "127.0.0.1", free_port()) is False
