"""From a paper's frozen content to its PDF. One Typst compiler a process; fonts from the front-end packages only."""

import io
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from django.conf import settings

from yichuang.documents.rules import KINDS, unprinted_parts

_WEIGHTS = ("400Regular", "700Bold")
# Longer than an identity number, a case number or a verification code: those are never broken.
_ENDLESS = re.compile(r"[!-~]{25,}")
_lock = Lock()


class NoFontsError(Exception):
    """The Chinese fonts are not installed; the message says how to get them."""


def font_folders() -> list[Path]:
    """The folders of the two families in two weights; raises NoFontsError when one is missing."""
    folders = [
        settings.ASSETS_DIR / "@expo-google-fonts" / family / weight
        for family in ("noto-serif-sc", "noto-sans-sc")
        for weight in _WEIGHTS
    ]
    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise NoFontsError(f"缺少中文字体：{missing[0]}。请运行 npm ci，或设置 YICHUANG_ASSETS_DIR。")
    return folders


@cache
def _compiler() -> typst.Compiler:
    template = Path(str(files("yichuang.documents") / "data" / "typst" / "paper.typ"))
    return typst.Compiler(input=template, root=template.parent, font_paths=font_folders(), ignore_system_fonts=True)


def qr_svg(text: str) -> str:
    """A QR code as SVG text."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=4, border=1, xmldecl=False)
    return out.getvalue().decode()


def breakable(text: str) -> str:
    """Words without end get places to break, or they would run out of the page; everything else stays as it is."""
    return _ENDLESS.sub(lambda found: "\u200b".join(_slices(found[0], 12)), text)


def _slices(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def _text(content: Mapping[str, Any], key: str, default: str = "") -> str:
    return breakable(str(content.get(key) or default).strip())


def _pairs(rows: object) -> list[list[str]]:
    """(label, value) rows of the content; rows without a value are left out."""
    found = [[str(part).strip() for part in row] for row in rows] if isinstance(rows, list) else []
    return [[breakable(part) for part in row] for row in found if row[-1]]


def laid_out(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the template shows, with every place filled; the template itself knows no kinds."""
    address = str(content.get("progress_address") or "")
    shown: dict[str, Any] = {
        "title": _text(content, "title", KINDS[kind].title),
        "number": _text(content, "number"),
        "paper_number": _text(content, "paper_number"),
        "verification_code": _text(content, "verification_code"),
        "issuer": _text(content, "issuer", str(content["department"])),
        "department": _text(content, "department"),
        "addressee": _text(content, "applicant"),
        "opening": _text(content, "opening", KINDS[kind].notice),
        "facts": _pairs(content.get("facts")),
        "materials": [_material(row) for row in content.get("materials", [])],
        "sections": _pairs(content.get("sections")),
        "day": _text(content, "day"),
        "seal_note": _text(content, "seal_note", "盖章后生效"),
        "query_code": _text(content, "query_code"),
        "qr": qr_svg(address) if address else "",
        "qr_note": _text(content, "qr_note"),
        "rare": False,
        "signatures": [str(s) for s in content.get("signatures", [])],
    }
    # The query code stands on the slip only: what stays in the file must not open the citizen's page.
    facts = [row for row in shown["facts"] if not shown["query_code"] or row[1] != shown["query_code"]]
    return shown | {"facts": facts + _unprinted(kind, content, shown)}


def _unprinted(kind: str, content: Mapping[str, Any], shown: Mapping[str, Any]) -> list[list[str]]:
    """Rows for the mandatory parts that the caller's own words leave out."""
    always = [shown[key] for key in ("issuer", "day", "opening", "query_code")]
    rows = [value for part in ("facts", "sections") for row in shown[part] for value in row[1:]]
    # The addressee stands above the opening, where there is one.
    addressee = [shown["addressee"]] if shown["opening"] else []
    text = "\n".join([*always, *addressee, *rows]).replace("\u200b", "")
    return [[label, breakable(value)] for label, value in unprinted_parts(kind, content, text)]


def _material(row: Mapping[str, Any]) -> dict[str, str]:
    return {key: breakable(str(row.get(key, ""))) for key in ("order", "name", "originals", "copies", "checked")}


def _compiled(shown: Mapping[str, Any], **options: Any) -> list[bytes]:
    with _lock:
        made = _compiler().compile(sys_inputs={"data": json.dumps(shown, ensure_ascii=False)}, **options)
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]


def render(kind: str, content: Mapping[str, Any], *, timestamp: int = 0) -> bytes:
    """The PDF: tagged, archivable (PDF/A-2, as 档案 ask for), the same bytes for the same content and moment.

    A name with a character that no font has still gets its paper: with a box to write it into, and a line that says so.
    """
    shown = laid_out(kind, content)
    try:
        return _compiled(shown, format="pdf", timestamp=timestamp, pdf_standards="a-2a")[0]
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    return _compiled(shown | {"rare": True}, format="pdf", timestamp=timestamp)[0]


def pictures(kind: str, content: Mapping[str, Any], *, ppi: float = 110.0) -> list[bytes]:
    """Every page as PNG: for looking at, on screens without a PDF viewer."""
    return _compiled(laid_out(kind, content), format="png", ppi=ppi)
