"""``yichuang search``: what a clerk would find, on the command line."""

import argparse
import json
from typing import Any

KIND = "item"


def add(subparsers: Any) -> None:
    search = subparsers.add_parser("search", help="按词语、拼音、首字母查找事项")
    search.add_argument("words", nargs="+", metavar="词语")
    search.add_argument("--json", action="store_true", help="输出 JSON")
    search.set_defaults(run=_search)


def _search(options: argparse.Namespace) -> int:
    from yichuang.search.queries import find

    hits = find(KIND, " ".join(options.words), limit=10)
    if options.json:
        rows = [{"code": h.key, "name": h.title, "department": h.department, "score": h.score} for h in hits]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for hit in hits:
        print(f"{hit.score:>5}  {hit.title}  {hit.department}  {hit.key}  （{hit.why}）")
    if not hits:
        print("没有找到。换一个说法，或者只输入两三个关键字再试。")
    return 0
