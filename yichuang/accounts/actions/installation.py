"""The installation (本平台): founded once, as a demo or for a real hall."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.accounts.models import Account, Installation
from yichuang.accounts.queries import demo_is_loaded, is_new
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict

__all__ = [
    "close_setup",
    "demo_is_loaded",
    "is_new",
    "issue_setup_code",
    "mark_demo",
    "mark_demo_loaded",
    "setup_code_fits",
    "take_turn",
]

_SUBJECT = "installation:1"
_TAKEN = "本平台已经启用，不能再次初始化。"


def _ensure_row() -> None:
    Installation.objects.bulk_create([Installation(pk=1)], ignore_conflicts=True)


@transaction.atomic
def issue_setup_code() -> str:
    """A fresh code for the setup page, or the empty string once the installation is founded. Older codes lose their force."""
    _ensure_row()
    code = rules.new_setup_code()
    stored = rules.secret_hash(rules.normalised_setup_code(code))
    if Account.objects.exists():
        return ""
    return code if Installation.objects.filter(pk=1, founded_at=None).update(setup_code_hash=stored) else ""


def setup_code_fits(code: str) -> bool:
    stored = rules.secret_hash(rules.normalised_setup_code(code))
    return is_new() and Installation.objects.filter(pk=1, setup_code_hash=stored).exists()


@transaction.atomic
def close_setup(code: str, *, by: Actor) -> None:
    """Found this installation for a real hall. The UPDATE names the state it starts from: of two browsers one wins."""
    stored = rules.secret_hash(rules.normalised_setup_code(code))
    fresh = Installation.objects.filter(pk=1, founded_at=None, setup_code_hash=stored)
    if not fresh.update(founded_at=timezone.now(), setup_code_hash="") or Account.objects.exists():
        raise Conflict(_TAKEN)
    record("installation.founded", _SUBJECT, by=by, body={})


@transaction.atomic
def mark_demo(*, by: Actor) -> None:
    """Make an unused database a demo, for ever."""
    _ensure_row()
    fresh = Installation.objects.filter(pk=1, founded_at=None)
    if not fresh.update(is_demo=True, founded_at=timezone.now(), setup_code_hash="") or Account.objects.exists():
        raise Conflict(_TAKEN)
    record("installation.demo_marked", _SUBJECT, by=by, body={})


@transaction.atomic
def mark_demo_loaded(*, by: Actor) -> None:
    unloaded = Installation.objects.filter(pk=1, is_demo=True, demo_loaded_at=None)
    if unloaded.update(demo_loaded_at=timezone.now()):
        record("installation.demo_loaded", _SUBJECT, by=by, body={})


def take_turn() -> None:
    """Queue behind other writers of posts and locks until the surrounding transaction ends, on both databases.

    What is read afterwards is what they left behind; without it two grants that exclude one another both pass.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a turn lasts as long as a transaction: open one first")
    _ensure_row()
    Installation.objects.filter(pk=1).update(turn=F("turn") + 1)
