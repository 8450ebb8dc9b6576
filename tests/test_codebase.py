"""Sizes, names and habits of the code, held by tests instead of reviews. docs/conventions.md lists them."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "yichuang"
LIMITS = {"file": 300, "function": 40, "template": 100, "module": 3600}
FORBIDDEN_NAMES = {
    "utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "managers", "service", "services",
    "handler", "handlers", "processor", "processors",
}  # fmt: skip
# Django's own way of naming a database backend.
ALLOWED_BASE = {"kit/sqlite/base.py"}


def sources(*, tests=False):
    for file in sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tools").rglob("*.py")]):
        parts = file.relative_to(ROOT).parts
        if "migrations" not in parts and "node_modules" not in parts and (tests or "tests" not in parts):
            yield file


def lines(file):
    return len(file.read_text(encoding="utf-8").splitlines())


def named(file):
    return file.relative_to(ROOT).as_posix()


def test_files_are_short():
    long = [f"{named(file)}: {lines(file)}" for file in sources() if lines(file) > LIMITS["file"]]
    assert not long, long


def test_functions_are_short():
    long = []
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > LIMITS["function"]:
                    long.append(f"{named(file)}:{node.lineno} {node.name}: {length}")
    assert not long, long


def test_templates_are_short():
    templates = list(PACKAGE.glob("*/jinja2/**/*.html"))
    assert templates
    long = [f"{named(file)}: {lines(file)}" for file in templates if lines(file) > LIMITS["template"]]
    assert not long, long


def test_modules_are_small():
    totals = {}
    for file in sources():
        if PACKAGE in file.parents:
            module = file.relative_to(PACKAGE).parts[0]
            totals[module] = totals.get(module, 0) + lines(file)
    large = {module: total for module, total in totals.items() if total > LIMITS["module"]}
    assert not large, large


def test_no_file_or_class_has_a_name_that_says_nothing():
    vague = [
        named(file)
        for file in sources(tests=True)
        if file.stem in FORBIDDEN_NAMES or file.parent.name in FORBIDDEN_NAMES
    ]
    vague += [
        named(file)
        for file in sources()
        if file.stem == "base" and file.relative_to(PACKAGE).as_posix() not in ALLOWED_BASE
    ]
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and re.search(
                r"\w(Manager|Service|Handler|Processor|Helper|Utils?)$", node.name
            ):
                vague.append(f"{named(file)}: class {node.name}")
    assert not vague, vague


def without_docstring(files):
    return [named(file) for file in files if ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) is None]


def test_every_module_says_what_it_promises():
    silent = without_docstring(PACKAGE.glob("*/__init__.py"))
    assert not silent, silent


def test_every_action_says_what_it_is():
    silent = without_docstring(file for file in PACKAGE.glob("*/actions/*.py") if file.stem != "__init__")
    assert not silent, silent


def test_nobody_listens_to_signals_of_our_own():
    loud = [named(file) for file in sources() if re.search(r"@receiver\b|Signal\(\)", file.read_text(encoding="utf-8"))]
    assert not loud, loud


def test_rows_are_not_locked_by_select_for_update():
    """It does nothing on SQLite, so nothing may be built on it."""
    found = [named(file) for file in sources() if PACKAGE in file.parents and ".select_for_update(" in file.read_text()]
    assert not found, found


WRITES = re.compile(
    r"\.save\((?:\)|update_fields|force_)|\.delete\(\)|\b(?:objects|all\(\))\b.*\.update\("
    r"|\.(?:bulk_create|update_or_create|get_or_create|bulk_update)\(|\bobjects\.create\("
)


def test_pages_and_interfaces_write_nothing():
    """Writes stand behind a module's actions; a page, an API route, a panel or a query only asks and shows."""
    wrong = []
    for file in sources():
        parts = file.relative_to(ROOT).parts
        reads_only = {"pages", "pages.py", "api.py", "panels.py", "queries.py", "panels", "queries", "forms.py"}
        if reads_only & set(parts):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if WRITES.search(line):
                    wrong.append(f"{named(file)}:{number}: {line.strip()}")
    assert not wrong, wrong


def committed():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is not a git checkout: there is no list of committed files")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


# Put together so that this file does not contain what it looks for.
FORBIDDEN_TEXT = [
    r"(?<![\w.])/" + "work/", r"(?<![\w.~])/" + "root/", r"(?<![\w.])/" + "home/[a-z]", r"/" + "Users/[A-Za-z]",
    r"\." + "library/", "farm" + "-", "registry" + r"\.npmjs", "registry" + r"\.npmmirror", "pypi" + r"\.org", "files" + r"\.pythonhosted",
    "pypi" + r"\.tuna", "mirrors" + r"\.aliyun",
]  # fmt: skip


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for file in committed():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for pattern in FORBIDDEN_TEXT:
            match = re.search(pattern, text)
            if match:
                found.append(f"{named(file)}: {match.group(0)}")
    assert not found, found


def test_the_front_end_check_finds_what_it_looks_for(tmp_path, monkeypatch):
    """A check that never finds anything proves nothing: each kind of finding is planted once."""
    from tools import check_frontend

    planted = {
        "m/jinja2/m/a.html": '<p style="color: red" onclick="x()"></p><script>1</script><style>p{}</style>{{ x|safe }}',
        "m/static/m/a.css": "p { color: color-mix(in srgb, red, blue) } div { & p { color: red } }",
        "m/static/m/a.js": "[1].toSorted()",
    }
    for name, content in planted.items():
        file = tmp_path / "yichuang" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    monkeypatch.setattr(check_frontend, "ROOT", tmp_path)
    monkeypatch.setattr(check_frontend, "_PACKAGE", tmp_path / "yichuang")
    found = "\n".join(
        [*check_frontend._templates(), *check_frontend._styles(), *check_frontend._scripts(), *check_frontend._unused()]
    )
    for word in ("style attribute", "on… handler", "<script>", "<style>", "color-mix", "112", "toSorted", "no view"):
        assert word in found, word


def test_the_command_line_starts():
    done = subprocess.run(
        [sys.executable, "-m", "yichuang", "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
