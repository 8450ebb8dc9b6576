"""What a file is, by what is in it; never by its name or by what a browser claims."""

import io
import zipfile

PDF = "application/pdf"
OFD = "application/ofd"  # 版式文档, GB/T 33190-2016
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"
# Text formats have no signature: the caller, who knows what was asked for, may name one of these.
TEXT_KINDS = frozenset({TEXT, "text/csv", "application/json"})

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
# Windows, Linux, macOS (both orders, both widths), Java, scripts, shortcuts, cabinets, WebAssembly, Android bytecode.
_EXECUTABLE = (
    b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00", b"MSCF", b"\x00asm", b"dex\n",
)  # fmt: skip
# The container of old Office files is the container of Windows installers too; what is inside cannot be told cheaply.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_ACTIVE_TEXT = ("<!doctype", "<html", "<svg", "<script", "<?xml", "<?php", "@echo off")
_MEMBERS_READ = 5_000


class RefusedFileError(ValueError):
    """A file that is not taken; the message is a Chinese sentence for the person who offers it."""


def media_type(content: bytes, *, claimed: str = "") -> str:
    """The media type of some bytes; raises RefusedFileError for what a hall has no reason to keep."""
    if not content:
        raise RefusedFileError("文件是空的，请重新选择。")
    if content.removeprefix(b"\xef\xbb\xbf").startswith(_EXECUTABLE):
        raise RefusedFileError("这是可执行文件，不能上传。")
    if content.startswith(_COMPOUND):
        raise RefusedFileError("旧版 Office 文件可能带有宏，请另存为 PDF 或 DOCX、XLSX 后再上传。")
    if content.startswith(_ARCHIVES):
        raise RefusedFileError("压缩包不能上传，请解压后逐个上传。")
    if content.startswith(b"PK\x03\x04"):
        return _package_type(content)
    return _picture_or_pdf(content) or _text_type(content, claimed)


def _picture_or_pdf(content: bytes) -> str:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    # Two letters alone would take a table that begins with "BMW," for a picture.
    return "image/bmp" if content.startswith(b"BM") and content[6:10] == b"\x00" * 4 else ""


def _package_type(content: bytes) -> str:
    """DOCX, XLSX and OFD are ZIP packages; the list of members tells them apart. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {info.filename for info in package.infolist()[:_MEMBERS_READ]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RefusedFileError("文件已损坏，请重新保存后上传。") from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFileError("文件带有宏，请另存为不带宏的格式（PDF、DOCX、XLSX）后再上传。")
    for member, kind in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("OFD.xml", OFD)):
        if member in names:
            return kind
    raise RefusedFileError("压缩包不能上传，请解压后逐个上传。")


def _text_type(content: bytes, claimed: str) -> str:
    if b"\x00" in content or not (_decodes(content, "utf-8") or _decodes(content, "gb18030")):
        raise RefusedFileError("认不出这是什么文件，请转成 PDF 或图片后再上传。")
    start = content[:1024].decode("utf-8", "ignore").lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_ACTIVE_TEXT):
        raise RefusedFileError("网页、脚本和 XML 文件不能上传，请转成 PDF 后再上传。")
    return claimed if claimed in TEXT_KINDS else TEXT


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
