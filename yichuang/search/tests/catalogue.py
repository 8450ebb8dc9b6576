"""The real catalogue, where it lies beside the checkout."""

import csv
from pathlib import Path

import pytest

from yichuang.search.rules import Entry

FILE = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "guangan_items.csv"


def real_catalogue() -> list[Entry]:
    if not FILE.exists():
        pytest.skip("没有 shared/data/guangan_items.csv：真实事项目录不随仓库分发，放在检出目录旁边即可运行这项测试。")
    with FILE.open(encoding="utf-8-sig", newline="") as lines:
        return [Entry("item", row["item_code"], row["item_name"], row["department"]) for row in csv.DictReader(lines)]
