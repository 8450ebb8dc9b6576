"""``yichuang import-items``: a catalogue file from the command line."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yichuang.catalogue.formats.report import Report

_OS_WORDS = {
    FileNotFoundError: "没有这个文件",
    IsADirectoryError: "这是文件夹，不是文件",
    PermissionError: "没有读取这个文件的权限",
}


def add(subparsers: Any) -> None:
    importing = subparsers.add_parser("import-items", help="导入事项（四川 CSV、国家交换 JSON、本平台 JSON）")
    importing.add_argument("file", metavar="文件", type=Path)
    importing.add_argument("--json", action="store_true", help="以 JSON 输出完整报告")
    importing.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from yichuang.catalogue.actions.importing import import_file
    from yichuang.lib.actor import Actor, ActorKind
    from yichuang.lib.errors import DomainError

    console = Actor(ActorKind.WORKER, "console", name="命令行")
    try:
        report = import_file(options.file, options.file.name, by=console)
    except OSError as error:
        return _failed(f"{_OS_WORDS.get(type(error), '读不了这个文件')}：{options.file}", options)
    except DomainError as error:
        return _failed(str(error), options)
    if options.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        return 0
    _print(report)
    return 0


def _print(report: "Report") -> None:
    counts = report.counts()
    words = {
        "read": "读到",
        "created": "新建",
        "updated": "更新",
        "unchanged": "未变",
        "rejected": "未导入",
        "warnings": "提醒",
    }
    print("，".join(f"{label} {counts[key]}" for key, label in words.items()) + "。")
    for remark in report.remarks:
        print(remark)
    for note in report.rejected:
        print(f"第 {note.row} 行 {note.code} 未导入：{note.reason}")
    if report.warnings:
        print(f"{len(report.warnings)} 条提醒可用 --json 查看，或在“事项库 → 导入记录”中查看。")


def _failed(sentence: str, options: argparse.Namespace) -> int:
    if options.json:
        empty = {"read": 0, "created": 0, "updated": 0, "unchanged": 0, "warnings": [], "rejected": []}
        print(json.dumps({**empty, "error": sentence}, ensure_ascii=False, indent=1))
    print(sentence, file=sys.stderr)
    return 1
