"""Run one module of figures within Django, on a migrated empty database: ``python -m tools.bench.inside NAME RESULT``."""

import importlib
import json
import sys
from pathlib import Path


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    result = importlib.import_module(f"tools.bench.{sys.argv[1]}").run()
    Path(sys.argv[2]).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
