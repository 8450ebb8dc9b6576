"""Loads the demo once. Each part is finished before the next begins; a load that was cut off goes on where it stopped."""

from collections.abc import Callable

from yichuang.accounts.actions import installation
from yichuang.accounts.queries import is_demo
from yichuang.demo import cases, catalogue, organisation, people
from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.staff.rules import PERMISSIONS

BUILDER = Actor(
    ActorKind.WORKER, "demo", name="演示数据", permissions=frozenset(PERMISSIONS), scope=Scope(everything=True)
)


def prepare(*, say: Callable[[str], None]) -> bool:
    """Fill an empty database; True when this is a demo database afterwards, False when it belongs to a real hall."""
    if installation.is_new():
        installation.mark_demo(by=BUILDER)
    if not is_demo():
        return False
    if installation.demo_is_loaded():
        return True
    say("建立昭化区的组织、大厅和窗口……")
    organisation.build(by=BUILDER)
    say("建立人员和岗位……")
    people.build(by=BUILDER)
    say("载入事项库……")
    catalogue.build(by=BUILDER)
    say("办几件样例办件……")
    cases.build(by=BUILDER)
    installation.mark_demo_loaded(by=BUILDER)
    say("演示数据已就绪。打开首页后，点页面顶部黄条里的“切换演示角色”（/demo/），一键进入任一角色。")
    return True
