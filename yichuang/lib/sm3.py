"""SM3 (GB/T 32905-2016), the national hash."""

from cryptography.hazmat.primitives import hashes


def sm3(data: bytes) -> bytes:
    """The 32-byte digest."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()
