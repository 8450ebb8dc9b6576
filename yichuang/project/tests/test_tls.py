import hashlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from yichuang.project import tls

NAMES = ["localhost", "127.0.0.1", "192.168.1.20", "hall-server"]
NOW = datetime.now(UTC)


@pytest.fixture
def files(tmp_path):
    return tls.ensure(tmp_path / "tls", NAMES, now=NOW)


def shake_hands(files, name, trusted):
    """One real TLS handshake over a socket pair; the client checks chain and name."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.certificate, files.key)
    client = ssl.create_default_context(cafile=str(trusted))
    here, there = socket.socketpair()

    def answer():
        try:
            with server.wrap_socket(there, server_side=True):
                pass
        except ssl.SSLError:
            there.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        with client.wrap_socket(here, server_hostname=name) as connection:
            return connection.version()
    finally:
        here.close()
        thread.join()


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_that_trusts_the_authority_trusts_the_server(files, name):
    assert shake_hands(files, name, files.authority) in {"TLSv1.2", "TLSv1.3"}


def test_another_name_is_not_covered(files):
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(files, "other.example", files.authority)


def test_another_authority_does_not_vouch_for_it(files, tmp_path):
    stranger = tls.ensure(tmp_path / "stranger", NAMES, now=NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(files, "localhost", stranger.authority)


def test_keys_are_for_the_owner_only(files):
    folder = files.key.parent
    assert [(folder / name).stat().st_mode & 0o777 for name in ("ca.key", "server.key")] == [0o600, 0o600]


def test_a_second_start_changes_nothing(files):
    before = files.certificate.read_bytes(), files.authority.read_bytes()
    again = tls.ensure(files.key.parent, NAMES, now=NOW + timedelta(days=300))
    assert (again.certificate.read_bytes(), again.authority.read_bytes()) == before


def test_close_to_its_end_the_server_certificate_is_renewed_under_the_same_authority(tmp_path):
    old = tls.ensure(tmp_path / "tls", NAMES, now=NOW - timedelta(days=370))
    authority = old.authority.read_bytes()
    again = tls.ensure(tmp_path / "tls", NAMES, now=NOW)
    assert again.authority.read_bytes() == authority
    assert x509.load_pem_x509_certificate(again.certificate.read_bytes()).not_valid_after_utc > NOW + timedelta(
        days=390
    )
    assert shake_hands(again, "localhost", again.authority)


def test_a_new_name_makes_a_new_certificate_but_no_new_authority(files):
    authority = files.authority.read_bytes()
    again = tls.ensure(files.key.parent, [*NAMES, "10.1.2.3"], now=NOW)
    assert again.authority.read_bytes() == authority
    assert shake_hands(again, "10.1.2.3", again.authority)


def test_the_fingerprint_is_the_one_browsers_show(files):
    shown = tls.fingerprint(files.authority)
    content = ssl.PEM_cert_to_DER_cert(files.authority.read_text())
    assert shown.replace(":", "").lower() == hashlib.sha256(content).hexdigest()
