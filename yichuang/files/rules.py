"""What a file is, by its first bytes; never by its name or by what a browser claims."""

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_EXECUTABLE = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
ALLOWED = frozenset({"application/pdf", "image/png", "image/jpeg", "text/csv", "application/json"})


def media_type(content: bytes) -> str:
    """The media type of the content, or "application/octet-stream" for what is not known."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    return "application/octet-stream"


def is_executable(content: bytes) -> bool:
    return content.startswith(_EXECUTABLE)
