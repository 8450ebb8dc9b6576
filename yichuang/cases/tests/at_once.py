"""What the processes of test_at_once do; each function runs in a process of its own."""

import os
import signal

from yichuang.accounts.models import Account
from yichuang.cases.actions import _papers, acceptance, decision, delivery
from yichuang.cases.models import Case
from yichuang.cases.rules import Outcome, Relation
from yichuang.catalogue.queries import published_item
from yichuang.lib.errors import DomainError
from yichuang.staff.queries import actor_of_account


def _actor(username):
    return actor_of_account(Account.objects.get(username=username))


def application(item_code, identifier="510811199003070017", name="何晓岚"):
    materials = tuple(acceptance.Received(m.name, m.pk, 1, 1) for m in published_item(item_code).materials.all())
    return acceptance.Application(item_code, "person", name, "resident_id", identifier, "", materials)


def accept(username, item_code, key, times=1):
    """Case numbers made under one key (the same each time), or under as many keys as ``times``."""
    by = _actor(username)
    keys = [key] if times == 1 else [f"{key}-{n:04d}" for n in range(times)]
    return [acceptance.accept(application(item_code), key=k, by=by).number for k in keys]


def decide(username, number, outcome):
    ruling = decision.Ruling(Outcome(outcome), "意见。", reasons="理由。", basis="依据。")
    try:
        decision.decide(Case.objects.get(number=number), ruling, by=_actor(username))
    except DomainError as error:
        return str(error)
    return "done"


def deliver(username, number):
    hand_over = delivery.HandOver(Relation.APPLICANT, identity_checked=True)
    try:
        delivery.deliver(Case.objects.get(number=number), hand_over, by=_actor(username))
    except DomainError as error:
        return str(error)
    return "done"


def die_while_accepting(username, item_code, key):
    """Killed (SIGKILL) after every row of the case is written and before the transaction commits."""

    def die(*arguments, **keywords):
        os.kill(os.getpid(), signal.SIGKILL)

    acceptance.record = die
    assert _papers is not None
    accept(username, item_code, key)
