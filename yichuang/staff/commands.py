"""At the console of the server: what must not be possible through the pages."""

import argparse
import sys
from typing import Any


def add(subparsers: Any) -> None:
    reset = subparsers.add_parser("reset-password", help="重置一个账号的密码（三员的密码只能这样重置）")
    reset.add_argument("username", help="用户名")
    reset.set_defaults(run=_reset)


def _reset(options: argparse.Namespace) -> int:
    from yichuang.accounts import rules
    from yichuang.accounts.actions import account as accounts
    from yichuang.accounts.queries import account_named
    from yichuang.lib.actor import Actor, ActorKind

    account = account_named(rules.normalised_username(options.username))
    if account is None:
        print(f"没有用户名为“{options.username}”的账号。", file=sys.stderr)
        return 1
    # Whoever sits at the server's console has no name here; that it was the console is what the ledger says.
    initial = accounts.reset_password(account, by=Actor(ActorKind.WORKER, "console", name="服务器控制台"))
    print(f"{account.username} 的初始密码：{initial}（第一次登录时必须改掉）")
    return 0
