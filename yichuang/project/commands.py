"""Commands that concern the whole platform."""

import argparse
from typing import Any


def add(subparsers: Any) -> None:
    migrate = subparsers.add_parser("migrate", help="建立或升级数据库")
    migrate.set_defaults(run=_migrate)


def _migrate(options: argparse.Namespace) -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
