"""Which format a file has, and its text. What is not a catalogue is refused with a sentence that says what to do."""

import codecs
import os
from collections.abc import Mapping

from yichuang.catalogue.formats import csv_sichuan, exchange_json, own_json
from yichuang.catalogue.formats.entry import FileRefused, Learned, Parsed

LARGEST = 50 * 1024 * 1024
_TOO_LARGE = "文件有 {size} MB，最大 50 MB。请按部门拆分后分别导入。"
_SIGNATURES = {
    b"PK\x03\x04": "这是 Excel（xlsx）或压缩文件。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入。",
    b"\xd0\xcf\x11\xe0": "这是旧版 Excel 或 Word 文件。请另存为“CSV UTF-8（逗号分隔）”后再导入。",
    b"%PDF": "这是 PDF 文件，不能作为事项清单导入。请使用 CSV 或国家交换 JSON 文件。",
    b"\x1f\x8b": "这是压缩文件，请先解压。",
    b"\x89PNG": "这是图片，不能作为事项清单导入。",
    b"\xff\xd8\xff": "这是图片，不能作为事项清单导入。",
}
_NOT_TEXT = "文件里有不属于文本的内容，可能选错了文件或文件已损坏。请使用 CSV 或 JSON 文件。"


def refuse_large(size: int) -> None:
    if size > LARGEST:
        raise FileRefused(_TOO_LARGE.format(size=size // 1024 // 1024))


def parse(content: bytes, learned: Mapping[str, Learned]) -> Parsed:
    """All rows or entries of a file; raises FileRefused when it has none that could be read.

    ``learned`` is by format: the same code means different things in different sources.
    """
    refuse_large(len(content))
    text = decode(content)
    if text.lstrip()[:1] not in ("{", "["):
        return csv_sichuan.parse(text, learned.get(csv_sichuan.FORMAT, {}))
    document = exchange_json.load(text)
    if own_json.is_ours(document):
        return own_json.parse(document, learned.get(own_json.FORMAT, {}))
    return exchange_json.parse(document, learned.get(exchange_json.FORMAT, {}))


def decode(content: bytes) -> str:
    """UTF-8 with or without mark, else GB 18030 (which contains GBK)."""
    for start, sentence in _SIGNATURES.items():
        if content.startswith(start):
            raise FileRefused(sentence)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRefused("文件的文字编码是 UTF-16（“Unicode 文本”）。请另存为“CSV UTF-8（逗号分隔）”后再导入。")
    if b"\x00" in content:
        raise FileRefused(_NOT_TEXT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _as_gb18030(content)
    if not text.strip():
        raise FileRefused("文件是空的。")
    return text


def _as_gb18030(content: bytes) -> str:
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise FileRefused("文件的文字编码既不是 UTF-8 也不是 GBK，无法读取。请另存为“CSV UTF-8”后再导入。") from error


def shown_name(name: str) -> str:
    """The last part of a file name, as people see it."""
    return os.path.basename(name.replace("\\", "/"))[:200] or "未命名文件"  # noqa: PTH119 - names of foreign systems
