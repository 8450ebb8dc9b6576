"""What import-linter cannot see: foreign keys named by string and templates must point downwards too."""

import re
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "yichuang"


def floors() -> dict[str, int]:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    layers = list(reversed(contract["layers"]))
    return {m.strip().strip("()"): n for n, layer in enumerate(layers) for m in layer.split("|")}


def test_relations_point_down():
    floor, upward, seen = floors(), [], 0
    for model in apps.get_models():
        if not model.__module__.startswith("yichuang."):
            continue
        here = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None or not target.__module__.startswith("yichuang."):
                continue
            seen += 1
            there = target.__module__.split(".")[1]
            if there != here and floor[there] >= floor[here]:
                upward.append(f"{model.__name__}.{field.name} -> {there}")
    assert seen, "no relation was looked at"
    assert not upward, upward


def test_templates_include_only_lower_modules():
    floor, wrong, seen = floors(), [], 0
    for template in PACKAGE.glob("*/jinja2/**/*.html"):
        here = template.relative_to(PACKAGE).parts[0]
        for name in re.findall(r"{%-?\s*(?:extends|include|import|from)\s+\"([^\"]+)\"", template.read_text()):
            there = name.split("/")[0]
            seen += 1
            if there != here and floor[there] >= floor[here]:
                wrong.append(f"{template.relative_to(PACKAGE)} uses {name}")
    assert seen, "no template was looked at"
    assert not wrong, wrong


def test_every_module_is_on_the_plan():
    modules = {p.name for p in PACKAGE.iterdir() if p.is_dir() and not p.name.startswith("_")}
    assert modules <= set(floors())
