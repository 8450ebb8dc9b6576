"""``yichuang ledger``: verify the ledger in the database, export it for those who check it elsewhere."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yichuang.ledger.rules import Entry, Finding


def add(subparsers: Any) -> None:
    ledger = subparsers.add_parser("ledger", help="审计台账：校验、导出")
    verbs = ledger.add_subparsers(dest="verb", required=True, metavar="操作")
    verify = verbs.add_parser("verify", help="校验台账：有没有缺失、改动、断链")
    verify.add_argument("--root", default="", help="从别处（日报、公示页）抄下的根值，检查末尾是否被截去")
    verify.add_argument("--json", action="store_true", help="以 JSON 输出")
    verify.set_defaults(run=_verify)
    export = verbs.add_parser("export", help="导出已编号的事件和封存（JSON 行），供 verify_ledger.py 独立校验")
    export.add_argument("file", metavar="文件", help="写到哪个文件；- 为标准输出")
    export.set_defaults(run=_export)


def _verify(options: argparse.Namespace) -> int:
    from yichuang.ledger import queries, rules

    until = queries.newest_position()
    seals = queries.seals(until)
    states: Counter[str] = Counter()
    broken: list[Finding] = []
    findings = list(rules.verify(_read_through(until, states, broken), seals)) + broken
    if options.root:
        findings += rules.verify_root(seals, options.root)
    findings += [
        rules.Finding("missing", f"缺失：{subject} 的记录比它的计数少。")
        for subject in queries.heads_without_their_events()
    ]
    sealed = seals[-1].last if seals else 0
    report = {
        "events": states.pop("events", 0),
        "seals": len(seals),
        "unsealed": until - sealed,
        "unnumbered": queries.unnumbered(),
        "texts": {"readable": states["readable"], "erased": states["erased"], "broken": states["broken"]},
        "root": seals[-1].hash if seals else "",
        "findings": [{"kind": finding.kind, "sentence": finding.sentence} for finding in findings],
    }
    print(json.dumps(report, ensure_ascii=False, indent=1) if options.json else _in_words(report))
    return 1 if findings else 0


def _read_through(until: int, states: "Counter[str]", broken: "list[Finding]") -> "Iterator[Entry]":
    """Every numbered event, counted and with its free text opened on the way."""
    from yichuang.ledger import queries, rules

    for chunk in queries.numbered(until):
        for entry, state in queries.text_states(chunk):
            states[state] += 1
            if state is queries.TextState.BROKEN:
                broken.append(
                    rules.Finding("altered", f"被改动：第 {entry.position} 号事件的说明文字与记账时不符或已不在。")
                )
        states["events"] += len(chunk)
        yield from chunk


def _in_words(report: dict[str, Any]) -> str:
    texts = report["texts"]
    lines = [
        f"事件 {report['events']} 条，封存 {report['seals']} 次；尚未封存 {report['unsealed']} 条，尚未编号 {report['unnumbered']} 条。",
        f"说明文字：可读 {texts['readable']} 条，已依法删除 {texts['erased']} 条。",
    ]
    if report["root"]:
        lines.append(f"最新根值（SM3）：{report['root']}")
    lines += [finding["sentence"] for finding in report["findings"]]
    lines.append(f"发现 {len(report['findings'])} 处问题。" if report["findings"] else "台账完整，没有发现问题。")
    return "\n".join(lines)


def _export(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from yichuang.ledger import queries
    from yichuang.ledger.formats import export_lines

    until = queries.newest_position()
    lines = export_lines(
        queries.numbered(until), queries.seals(until), exported_at=timezone.now().isoformat(timespec="seconds")
    )
    if options.file == "-":
        sys.stdout.writelines(lines)
        return 0
    # Whole or not at all: a file that was cut off by a full disk must not look like an export.
    target = Path(options.file)
    half = target.with_name(target.name + ".part")
    with half.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    half.replace(target)
    print(f"已导出到 {target}（事件到第 {until} 号）。")
    return 0
