"""The ``yichuang`` command. Each module that has commands offers ``commands.add(subparsers)``; the list is here."""

import argparse
import importlib
import os
import sys

COMMANDS = (
    "yichuang.project.commands",
    "yichuang.catalogue.commands",
    "yichuang.search.commands",
    "yichuang.deadlines.commands",
    "yichuang.ledger.commands",
    "yichuang.parties.commands",
    "yichuang.staff.commands",
)


def main(argv: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.project.settings")
    import django

    django.setup()
    parser = argparse.ArgumentParser(prog="yichuang", description="一窗：政务服务综合窗口平台")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for name in COMMANDS:
        importlib.import_module(name).add(subparsers)
    options = parser.parse_args(sys.argv[1:] if argv is None else argv)
    try:
        result = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough (| head). Python would complain once more at exit: give it nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return int(result or 0)
