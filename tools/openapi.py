"""Write docs/openapi.json from the code, or ``--check`` that it is what the code says."""

import difflib
import importlib.util
import json
import os
import sys

from tools.steps import ROOT, say

_DOCUMENT = ROOT / "docs" / "openapi.json"


def document() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.project.settings")
    import django

    django.setup()
    from ninja.openapi.schema import get_schema
    from ninja.responses import NinjaJSONEncoder

    from yichuang.project.api import api

    schema = get_schema(api, path_prefix="/api/v1/")
    return json.dumps(schema, cls=NinjaJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    sys.path.insert(0, str(ROOT))
    if importlib.util.find_spec("yichuang.project.api") is None:
        say("There is no API yet (yichuang/project/api.py): nothing to compare.")
        return 0
    now = document()
    if "--check" not in sys.argv:
        _DOCUMENT.write_text(now, encoding="utf-8")
        say(f"written: {_DOCUMENT.relative_to(ROOT)}")
        return 0
    before = _DOCUMENT.read_text(encoding="utf-8") if _DOCUMENT.exists() else ""
    if before == now:
        return 0
    difference = difflib.unified_diff(
        before.splitlines(), now.splitlines(), "docs/openapi.json", "the code", lineterm=""
    )
    say("\n".join(list(difference)[:80]))
    return 1


if __name__ == "__main__":
    sys.exit(main())
