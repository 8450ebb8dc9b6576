"""Run functions in several real processes against the database of the running test.

A test about "once", "never" or "exactly" uses this with ``@pytest.mark.django_db(transaction=True)``:
threads of one process share too much to prove anything.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

_CHILD = """
import json, sys, importlib, warnings
import django
django.setup()
from django.db import connection
module, name = sys.argv[1].split(":")
arguments = json.loads(sys.argv[2])
function = getattr(importlib.import_module(module), name)
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
result = function(*arguments)
print(json.dumps(result), flush=True)
"""


def test_database_url() -> str:
    """The URL of the database the current test writes to."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return (
        f"postgresql://{quote(values['USER'])}:{quote(values['PASSWORD'])}@/{quote(str(values['NAME']))}"
        f"?host={quote(values['HOST'])}" + (f"&port={values['PORT']}" if values["PORT"] else "")
    )


test_database_url.__test__ = False


def child_environment() -> dict[str, str]:
    return {
        **os.environ,
        "YICHUANG_DATABASE_URL": test_database_url(),
        "YICHUANG_DATA_DIR": str(settings.DATA_DIR),
        "YICHUANG_KEYS_FILE": str(settings.KEYRING.path),
        "DJANGO_SETTINGS_MODULE": "yichuang.project.settings",
        "PYTHONPATH": str(ROOT),
    }


def run_in_processes(target: str, arguments: list[list[object]], *, timeout: float = 120) -> list[object]:
    """Start one process per entry of ``arguments``, let all go at the same moment, return their JSON results in order.

    ``target`` is "package.module:function". A child that fails makes the test fail with its error output.
    """
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _CHILD, target, json.dumps(entry)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=child_environment(),
            cwd=ROOT,
        )
        for entry in arguments
    ]
    try:
        for child in children:
            line = child.stdout.readline().strip()
            if line != "ready":
                raise AssertionError(child.communicate(timeout=timeout)[1])
        for child in children:
            child.stdin.write("go\n")
            child.stdin.flush()
        results = []
        for child in children:
            out, err = child.communicate(timeout=timeout)
            assert child.returncode == 0, err
            results.append(json.loads(out.strip().splitlines()[-1]))
        return results
    finally:
        for child in children:
            if child.poll() is None:
                child.kill()
                child.communicate()
