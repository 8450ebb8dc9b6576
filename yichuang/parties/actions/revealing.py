"""Revealing (查看完整号码): somebody looked, for a reason; that is an event of its own."""

from django.db import transaction

from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Invalid, Refused
from yichuang.parties.models import Party


def reveal(party: Party, *, reason: str, by: Actor) -> dict[str, str]:
    """The full numbers of a party; the event is written before anybody sees them."""
    if not by.may("parties.reveal"):
        raise Refused("您不能查看完整证件号码。", permission="parties.reveal")
    try:
        cleaned = clean_text(reason, limit=200)
    except ValueError as error:
        raise Invalid({"reason": str(error)}) from error
    if not cleaned:
        raise Invalid({"reason": "请写明查看原因，它会记入审计台账。"})
    values = {"identifier": party.identifier, "phone": party.phone}
    with transaction.atomic():
        record("party.revealed", f"party:{party.pk}", by=by, body={}, detail=cleaned, party=party.pk)
    return values
