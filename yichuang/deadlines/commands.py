"""``yichuang due`` and ``yichuang check-code``: the calendar and the check digits at the command line."""

import argparse
import sys
from datetime import date
from typing import Any

from yichuang.calendars.queries import calendar_or_builtin
from yichuang.deadlines.rules import Due, Unit, due_date
from yichuang.lib import codes

_CHECKS = {"ric": codes.check_ric, "uscc": codes.check_uscc, "org": codes.check_org}


def add(subparsers: Any) -> None:
    due = subparsers.add_parser("due", help="计算到期日：从起算日之后起 N 个工作日")
    due.add_argument("start", nargs="?", help="起算日，如 2023-04-18")
    due.add_argument("limit", nargs="?", help="天数")
    due.add_argument("--days", action="store_true", help="按自然日计算，末日为休息日的顺延")
    due.add_argument("--explain", action="store_true", help="逐行说明怎么算的")
    due.add_argument("--batch", action="store_true", help="从标准输入读取多行“起算日 天数”，每行输出一个日期")
    due.set_defaults(run=_due)
    check = subparsers.add_parser(
        "check-code", help="校验证件号码或代码：ric 身份证，uscc 统一社会信用代码，org 组织机构代码"
    )
    check.add_argument("kind", choices=sorted(_CHECKS))
    check.add_argument("value")
    check.set_defaults(run=_check_code)


def _compute(start: str, limit: str, unit: Unit) -> Due:
    """Raises ValueError with a Chinese sentence."""
    try:
        first = date.fromisoformat(start)
    except ValueError:
        raise ValueError(f"起算日应写成 2023-04-18 这样的日期，现在是“{start}”。") from None
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= 5):
        raise ValueError(f"天数应为不超过五位的非负整数，现在是“{limit}”。")
    return due_date(first, int(limit), unit, calendar_or_builtin())


def _due(options: argparse.Namespace) -> int:
    unit = Unit.NATURAL if options.days else Unit.WORKING
    if options.batch:
        return _batch(unit)
    if options.start is None or options.limit is None:
        print("用法：yichuang due 起算日 天数 [--days] [--explain]，或 yichuang due --batch", file=sys.stderr)
        return 2
    try:
        due = _compute(options.start, options.limit, unit)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(due.on.isoformat())
    if options.explain:
        for line in due.explanation:
            print(line)
    elif due.provisional:
        print(due.explanation[-1])
    return 0


def _batch(unit: Unit) -> int:
    """One date a line; a line that cannot be understood gives an empty line and a sentence with its number on stderr."""
    failed = 0
    for number, line in enumerate(sys.stdin, start=1):
        parts = line.split()
        try:
            if len(parts) != 2:
                raise ValueError("每行应为“起算日 天数”。")  # noqa: TRY301 - one place that reports
            print(_compute(parts[0], parts[1], unit).on.isoformat())
        except ValueError as error:
            print()
            print(f"第 {number} 行：{error}", file=sys.stderr)
            failed = 1
    return failed


def _check_code(options: argparse.Namespace) -> int:
    verdict = _CHECKS[options.kind](options.value)
    print(f"{verdict.normalised} 校验通过。" if verdict.ok else verdict.reason)
    return 0 if verdict.ok else 1
