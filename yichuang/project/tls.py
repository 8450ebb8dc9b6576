"""A small certificate authority of our own, for halls without a public name.

Cameras and offline storage work in browsers over HTTPS only. The authority lives in DATA_DIR/tls; each counter computer
installs its certificate once (the guide is at /tls/guide), and the server certificate is renewed under it.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_AUTHORITY_YEARS = 10
# Browsers refuse server certificates that are valid for longer than 398 days.
_SERVER_DAYS = 397
_RENEW_DAYS = 30
_BACKDATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Files:
    """Where the pieces lie. ``certificate`` holds the chain that the server sends."""

    authority: Path
    certificate: Path
    key: Path


def files_in(folder: Path) -> Files:
    return Files(folder / "ca.crt", folder / "server.crt", folder / "server.key")


def ensure(folder: Path, names: Sequence[str], *, now: datetime | None = None) -> Files:
    """Make what is missing, renew what ends within a month or does not cover ``names``; leave the rest alone."""
    now = now or datetime.now(UTC)  # noqa: TID251 - certificates are made before Django is there
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = files_in(folder)
    authority_key = folder / "ca.key"
    if not (files.authority.exists() and authority_key.exists()) or _ends_soon(files.authority, now):
        _make_authority(files.authority, authority_key, now)
        files.certificate.unlink(missing_ok=True)
    if not _is_good(files, names, now):
        _make_server(files, authority_key, names, now)
    return files


def fingerprint(certificate: Path) -> str:
    """SHA-256 as pairs of hex digits, the way browsers show it."""
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    return loaded.fingerprint(hashes.SHA256()).hex(":").upper()


def _ends_soon(certificate: Path, now: datetime) -> bool:
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    return loaded.not_valid_after_utc - now < timedelta(days=_RENEW_DAYS)


def _is_good(files: Files, names: Sequence[str], now: datetime) -> bool:
    if not (files.certificate.exists() and files.key.exists()) or _ends_soon(files.certificate, now):
        return False
    loaded = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    covered = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(_alternative_names(names)) <= set(covered)


def _alternative_names(names: Sequence[str]) -> list[x509.GeneralName]:
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            if name.isascii():
                found.append(x509.DNSName(name))
    return found


def _make_authority(certificate: Path, key_file: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    # The moment in the name keeps two authorities of one machine apart in a browser's list.
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Yichuang local CA {now:%Y-%m-%d %H%M}")])
    built = (
        _builder(subject, subject, key.public_key(), now, timedelta(days=365 * _AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(key_file, _pem(key), 0o600)
    _write(certificate, built.public_bytes(serialization.Encoding.PEM), 0o644)


def _make_server(files: Files, authority_key: Path, names: Sequence[str], now: datetime) -> None:
    issuer = x509.load_pem_x509_certificate(files.authority.read_bytes())
    issuer_key = serialization.load_pem_private_key(authority_key.read_bytes(), password=None)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{authority_key} 不是本平台生成的根证书密钥")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Yichuang")])
    life = min(timedelta(days=_SERVER_DAYS), issuer.not_valid_after_utc - now)
    built = (
        _builder(subject, issuer.subject, key.public_key(), now, life)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_alternative_names(names)), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    _write(files.key, _pem(key), 0o600)
    _write(files.certificate, built.public_bytes(serialization.Encoding.PEM), 0o644)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    # Counter computers with a slow clock must not find the certificate "not yet valid".
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATE)
        .not_valid_after(now + life - _BACKDATE)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
