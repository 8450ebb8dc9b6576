"""From a paper's frozen content to its PDF. One Typst compiler a process; fonts from the front-end packages only."""

import io
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from django.conf import settings

from yichuang.documents.rules import KINDS

_WEIGHTS = ("400Regular", "700Bold")
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
    return typst.Compiler(
        input=template, root=template.parent, font_paths=[str(f) for f in font_folders()], ignore_system_fonts=True
    )


def qr_svg(text: str) -> str:
    """A QR code as SVG text."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=4, border=1, xmldecl=False)
    return out.getvalue().decode()


def laid_out(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the template shows, with every place filled; the template itself knows no kinds."""
    address = str(content.get("progress_address", ""))
    return {
        "title": KINDS[kind].title,
        "number": str(content["number"]),
        "paper_number": str(content["paper_number"]),
        "issuer": str(content["issuer"]),
        "department": str(content["department"]),
        "addressee": str(content["applicant"]),
        "opening": str(content.get("opening", "")),
        "facts": [[str(label), str(value)] for label, value in content.get("facts", [])],
        "materials": content.get("materials", []),
        "sections": [[str(head), str(body)] for head, body in content.get("sections", []) if str(body).strip()],
        "day": str(content["day"]),
        "seal_note": str(content.get("seal_note", "盖章后生效")),
        "qr": qr_svg(address) if address else "",
        "qr_note": str(content.get("qr_note", "")),
        "signatures": [str(s) for s in content.get("signatures", [])],
    }


def render(kind: str, content: Mapping[str, Any], *, picture: bool = False) -> bytes:
    """The PDF (or, for looking at, the first page as PNG)."""
    inputs = {"data": json.dumps(laid_out(kind, content), ensure_ascii=False)}
    with _lock:
        made = _compiler().compile(format="png" if picture else "pdf", ppi=110.0, sys_inputs=inputs)
    if isinstance(made, list):
        return bytes(made[0])
    return bytes(made or b"")
