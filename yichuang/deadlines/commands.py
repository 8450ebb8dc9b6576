"""``yichuang due`` and ``yichuang check-code``: the calendar and the check digits at the command line.

Both answer on a machine whose database was never made. Standard output holds dates only, one a line; what else there is to
say about a date (that it is provisional, with ``--explain`` how it came about) follows on the next lines, with ``--batch``
on standard error, so that a program can read line by line.
"""

import argparse
import sys
from datetime import date
from typing import Any

from django.utils import timezone

from yichuang.calendars.queries import calendar_or_builtin
from yichuang.calendars.rules import WorkingCalendar
from yichuang.deadlines.rules import Due, Unit, due_date
from yichuang.lib.codes import Verdict, check_org, check_ric, check_uscc


def add(subparsers: Any) -> None:
    due = subparsers.add_parser(
        "due",
        help="计算到期日：从起算日之后起 N 个工作日",
        description="计算到期日：起算日当日不计入，从次日起数 N 个工作日。超出已公布的日历时在下一行注明暂定。",
    )
    due.add_argument("start", nargs="?", help="起算日，如 2023-04-18")
    due.add_argument("limit", nargs="?", help="天数")
    due.add_argument("--days", action="store_true", help="按自然日计算，末日为休息日的顺延")
    due.add_argument("--explain", action="store_true", help="逐行说明怎么算的")
    due.add_argument("--batch", action="store_true", help="从标准输入读取多行“起算日 天数”，每行输出一个日期")
    due.set_defaults(run=_due)
    check = subparsers.add_parser(
        "check-code", help="校验证件号码或代码：ric 身份证，uscc 统一社会信用代码，org 组织机构代码"
    )
    check.add_argument(
        "kind", choices=["ric", "uscc", "org"], help="ric 身份证，uscc 统一社会信用代码，org 组织机构代码"
    )
    check.add_argument("value", help="要校验的号码")
    check.set_defaults(run=_check_code)


def _compute(start: str, limit: str, unit: Unit, calendar: WorkingCalendar) -> Due:
    """Raises ValueError with a Chinese sentence."""
    try:
        first = date.fromisoformat(start)
    except ValueError:
        raise ValueError(f"“{start}”不是日期，起算日应写成 2023-04-18 这样。") from None
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= 5):
        raise ValueError(f"天数应为不超过五位的非负整数，现在是“{limit}”。")
    return due_date(first, int(limit), unit, calendar)


def _due(options: argparse.Namespace) -> int:
    unit = Unit.NATURAL if options.days else Unit.WORKING
    if options.batch and options.start is None and not options.explain:
        return _batch(unit)
    if options.batch or options.start is None or options.limit is None:
        print("用法：yichuang due 起算日 天数 [--days] [--explain]，或 yichuang due --batch [--days]", file=sys.stderr)
        return 2
    try:
        due = _compute(options.start, options.limit, unit, calendar_or_builtin())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(due.on.isoformat())
    if options.explain:
        print("\n".join(due.explanation))
    elif due.provisional:
        print(due.explanation[-1])
    return 0


def _batch(unit: Unit) -> int:
    """One line of output for each line of input; a line that cannot be understood gives an empty one."""
    failed = 0
    calendar = calendar_or_builtin()
    for number, line in enumerate(sys.stdin, start=1):
        try:
            due = _compute_line(line.split(), unit, calendar)
        except ValueError as error:
            print()
            print(f"第 {number} 行：{error}", file=sys.stderr)
            failed = 1
            continue
        print(due.on.isoformat() if due else "")
        if due and due.provisional:
            print(f"第 {number} 行：{due.explanation[-1]}", file=sys.stderr)
    return failed


def _compute_line(parts: list[str], unit: Unit, calendar: WorkingCalendar) -> Due | None:
    if not parts:
        return None
    if len(parts) != 2:
        raise ValueError("应为“起算日 天数”。")
    return _compute(parts[0], parts[1], unit, calendar)


def _check_code(options: argparse.Namespace) -> int:
    verdict = _verdict(options.kind, options.value)
    print(f"{verdict.normalised} 校验通过。" if verdict.ok else verdict.reason)
    return 0 if verdict.ok else 1


def _verdict(kind: str, value: str) -> Verdict:
    if kind == "ric":
        return check_ric(value, today=timezone.localdate())
    return check_uscc(value) if kind == "uscc" else check_org(value)
