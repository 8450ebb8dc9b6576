"""What the strict content policy and the oldest browser of the counters ask of templates, styles and scripts."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.steps import ROOT, say

_PACKAGE = ROOT / "yichuang"
_INLINE = (
    (r"<style[\s>]", "a <style> body: put it into the theme"),
    (r"<script(?![^>]*\ssrc=)[^>]*>", "a <script> body: put it into a file"),
    (r"<[^>{]+\sstyle\s*=", "a style attribute: use a class"),
    (r"<[^>{]+\son[a-z]+\s*=", "an on… handler: use a data attribute"),
    (r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", "a javascript: address"),
    (r"hx-on[:\w-]*\s*=", "hx-on: needs eval"),
    (r"\|\s*safe\b", "the safe filter: build Markup in Python where it is needed"),
)
# Chromium 109 is the last on Windows 7, which many counters still run. Number: the version that brought it.
_TOO_NEW_CSS = (
    (r"\bcolor-mix\(", 111),
    (r"\bokl(?:ch|ab)\(", 111),
    (r"(?<![\w-])l(?:ch|ab)\(", 111),
    (r"(?<![\w-])color\(", 111),
    (r"\b(?:sin|cos|tan|asin|acos|atan2?)\(", 111),
    (r"@scope\b", 118),
    (r"@starting-style\b", 117),
    (r"@view-transition\b", 126),
    (r"\blight-dark\(", 123),
    (r"\bsubgrid\b", 117),
    (r"\btext-wrap\s*:", 114),
    (r"\banchor\(", 125),
    (r"\banimation-timeline\s*:", 115),
    (r"\bscrollbar-(?:color|width)\s*:", 121),
    (r"\bfield-sizing\s*:", 123),
    (r"(?:^|[{;])\s*&", 112),
)
_TOO_NEW_SCRIPT = (
    (r"\.toSorted\(|\.toReversed\(|\.toSpliced\(|\.with\(", 110),
    (r"Object\.groupBy|Map\.groupBy", 117),
    (r"Promise\.withResolvers|Array\.fromAsync|Set\.prototype\.union|Promise\.try", 119),
    (r"\beval\(|new Function\(", "the content policy forbids eval"),
)
_NOT_OURS = re.compile(r"\.min\.(?:js|css)$|\.(?:woff2?|ttf|otf|eot|jar|whl|so|dll|exe)$")


def main() -> int:
    findings = [*_templates(), *_styles(), *_scripts(), *_unused(), *_third_party()]
    for finding in findings:
        say(finding)
    return 1 if findings else 0


def _templates() -> Iterator[str]:
    for file in sorted(_PACKAGE.glob("*/jinja2/**/*.html")):
        text = re.sub(r"{#.*?#}", _blank, file.read_text(encoding="utf-8"), flags=re.DOTALL)
        # Expressions may hold ">"; what they print is checked in the browser by the policy itself.
        text = re.sub(r"{{.*?}}|{%.*?%}", _blank, text, flags=re.DOTALL)
        for pattern, reason in _INLINE:
            yield from _found(file, text, pattern, reason)


def _styles() -> Iterator[str]:
    for file in sorted(_PACKAGE.glob("*/static/**/*.css")):
        text = re.sub(r"/\*.*?\*/", _blank, file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for pattern, version in _TOO_NEW_CSS:
            yield from _found(file, text, pattern, f"needs Chromium {version}, counters have 109")
        yield from _found(file, text, r"url\(\s*[\"']?https?:", "loads from another host")


def _scripts() -> Iterator[str]:
    for file in sorted(_PACKAGE.glob("*/static/**/*.js")):
        text = file.read_text(encoding="utf-8")
        for pattern, reason in _TOO_NEW_SCRIPT:
            why = reason if isinstance(reason, str) else f"needs Chromium {reason}, counters have 109"
            yield from _found(file, text, pattern, why)


def _unused() -> Iterator[str]:
    """A template that no Python file and no other template names is dead."""
    sources = [*_PACKAGE.glob("**/*.py"), *_PACKAGE.glob("*/jinja2/**/*.html")]
    text = {file: file.read_text(encoding="utf-8") for file in sources if "tests" not in file.parts}
    for file in sorted(_PACKAGE.glob("*/jinja2/**/*.html")):
        name = file.relative_to(_PACKAGE).as_posix().split("/jinja2/")[1]
        if not any(f'"{name}"' in content for other, content in text.items() if other != file):
            yield f"{file.relative_to(ROOT)}: no view and no template uses it"


def _third_party() -> Iterator[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    for name in done.stdout.splitlines():
        if _NOT_OURS.search(name):
            yield f"{name}: looks like somebody else's file; it belongs into a package"


def _found(file: Path, text: str, pattern: str, reason: str) -> Iterator[str]:
    for match in re.finditer(pattern, text, flags=re.IGNORECASE | re.MULTILINE):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{file.relative_to(ROOT)}:{line}: {match.group(0).strip()[:60]!r} {reason}"


def _blank(match: re.Match[str]) -> str:
    """Something of the same lines, so that line numbers stay right."""
    return "\n" * match.group(0).count("\n")


if __name__ == "__main__":
    sys.exit(main())
