import pytest

from yichuang.kit.secret import CannotOpenError
from yichuang.ledger.models import Detail, Event
from yichuang.lib.errors import Invalid, Refused
from yichuang.parties.actions.revealing import reveal
from yichuang.parties.models import Party
from yichuang.parties.tests.people import BAKERY, LI, WANG, clerk, enter

pytestmark = pytest.mark.django_db
AUDITED = clerk(9, "parties.reveal")


def test_a_number_is_masked_until_somebody_gives_a_reason():
    wang = enter(WANG)
    assert (wang.masked_identifier, wang.masked_phone) == ("510*************17", "138****8000")
    shown = reveal(wang, reason="核对不动产登记信息", by=AUDITED)
    assert shown == {"identifier": "510811199003070017", "phone": "13800138000"}
    event = Event.objects.get(kind="party.revealed")
    assert (event.subject, event.actor) == (f"party:{wang.pk}", "staff:9")
    assert "不动产" not in event.body
    assert Detail.objects.filter(event_id=event.pk).count() == 1


def test_without_the_permission_nothing_is_shown_and_nothing_is_written():
    wang = enter(WANG)
    with pytest.raises(Refused) as caught:
        reveal(wang, reason="好奇", by=clerk())
    assert caught.value.permission == "parties.reveal"
    assert not Event.objects.filter(kind="party.revealed").exists()


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_reason_is_needed(reason):
    wang = enter(WANG)
    with pytest.raises(Invalid) as caught:
        reveal(wang, reason=reason, by=AUDITED)
    assert "reason" in caught.value.fields
    assert not Event.objects.filter(kind="party.revealed").exists()


def test_a_number_moved_to_another_row_or_column_does_not_open():
    wang, li = enter(WANG), enter(LI)
    Party.objects.filter(pk=li.pk).update(identifier_sealed=wang.identifier_sealed, phone_sealed=wang.identifier_sealed)
    moved = Party.objects.get(pk=li.pk)
    with pytest.raises(CannotOpenError):
        _ = moved.identifier
    Party.objects.filter(pk=wang.pk).update(phone_sealed=wang.identifier_sealed)
    with pytest.raises(CannotOpenError):
        _ = Party.objects.get(pk=wang.pk).phone


def test_one_flipped_character_does_not_open():
    bakery = enter(BAKERY)
    sealed = bakery.identifier_sealed
    swapped = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]
    Party.objects.update(identifier_sealed=swapped)
    with pytest.raises(CannotOpenError):
        _ = Party.objects.get().identifier
