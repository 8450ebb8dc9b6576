"""Where tests find their database, their keys and their data folder: never the developer's own."""

import os
import tempfile
from pathlib import Path

_folder = Path(os.environ.setdefault("YICHUANG_TEST_FOLDER", tempfile.mkdtemp(prefix="yichuang-test-")))
os.environ["YICHUANG_DATA_DIR"] = str(_folder / "data")
os.environ["YICHUANG_KEYS_FILE"] = str(_folder / "keys.json")
os.environ.setdefault("YICHUANG_DATABASE_URL", f"sqlite:///{_folder / 'yichuang.sqlite3'}")
