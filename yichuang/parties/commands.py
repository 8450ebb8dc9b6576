"""``yichuang rotate-keys``: a new key for personal numbers, without a moment in which somebody cannot be found."""

import argparse
from typing import Any

from yichuang.kit.secret import keyring
from yichuang.lib.actor import WORKER
from yichuang.parties.actions.rotation import forget_previous, reindex

_BATCH = 20


def add(subparsers: Any) -> None:
    rotate = subparsers.add_parser("rotate-keys", help="更换个人信息密钥：先 --new-key，重启服务，再运行一次")
    rotate.add_argument("--new-key", action="store_true", help="在密钥文件里加一把新密钥（旧密钥保留）")
    rotate.set_defaults(run=_rotate)


def _rotate(options: argparse.Namespace) -> int:
    if options.new_key:
        number = keyring().add_key()
        print(f"已加入第 {number} 号密钥。请备份密钥文件，重启所有服务进程，然后运行 yichuang rotate-keys。")
        return 0
    if keyring().previous is None:
        print("只有一把密钥，没有需要更换的。请先运行 yichuang rotate-keys --new-key。")
        return 1
    while left := reindex(limit=_BATCH, by=WORKER):
        print(f"还有 {left} 个办事人待更换。", flush=True)
    count = forget_previous(by=WORKER)
    print(
        f"完成：{count} 个办事人的号码已在第 {keyring().current.id} 号密钥下。旧密钥仍要保留：旧文书和旧文件要用它打开。"
    )
    return 0
