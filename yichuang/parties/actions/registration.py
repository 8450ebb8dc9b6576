"""Registration (登记办事人): the same person is one row, however many clerks type at once."""

from django.db import IntegrityError, transaction

from yichuang.kit.jinja import mask_phone
from yichuang.kit.secret import blind_index, seal
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Invalid
from yichuang.lib.ids import new_id
from yichuang.parties.models import Party
from yichuang.parties.queries import IDENTIFIER, PHONE, find_by_identifier
from yichuang.parties.rules import (
    NAME_LIMIT,
    check_identifier,
    check_kind,
    check_phone,
    normalise_identifier,
    normalise_phone,
)


def register(*, kind: str, name: str, id_type: str, identifier: str, phone: str, by: Actor) -> Party:
    """The party with this number: found, or made. A newer name or phone replaces the old one, as an event.

    Raises Invalid with a sentence per field.
    """
    name, phone = _checked(kind, name, id_type, identifier, phone)
    value = normalise_identifier(id_type, identifier)
    found = find_by_identifier(id_type, value)
    if found is None:
        try:
            return _insert(kind, name, id_type, value, phone, by=by)
        except IntegrityError:
            found = find_by_identifier(id_type, value)
            if found is None:
                raise
    _refresh(found, name, phone, by=by)
    return found


def _checked(kind: str, name: str, id_type: str, identifier: str, phone: str) -> tuple[str, str]:
    problems: dict[str, str] = {}
    if sentence := check_kind(kind, id_type):
        problems["id_type"] = sentence
    if sentence := check_identifier(id_type, identifier):
        problems["identifier"] = sentence
    if sentence := check_phone(phone):
        problems["phone"] = sentence
    cleaned = ""
    try:
        cleaned = clean_text(name, limit=NAME_LIMIT)
    except ValueError as error:
        problems["name"] = str(error)
    else:
        if not cleaned:
            problems["name"] = "请填写姓名或名称。"
    if problems:
        raise Invalid(problems)
    return cleaned, normalise_phone(phone)


def _phone_columns(party_id: int, phone: str) -> dict[str, str]:
    return {
        "phone_sealed": seal(phone, table="party", column="phone", row=party_id),
        "phone_index": blind_index(phone, purpose=PHONE) if phone else "",
        "phone_index_next": "",
    }


def _insert(kind: str, name: str, id_type: str, value: str, phone: str, *, by: Actor) -> Party:
    party_id = new_id()
    party = Party(
        id=party_id,
        kind=kind,
        name=name,
        id_type=id_type,
        identifier_sealed=seal(value, table="party", column="identifier", row=party_id),
        identifier_index=blind_index(f"{id_type}:{value}", purpose=IDENTIFIER),
        **_phone_columns(party_id, phone),
    )
    with transaction.atomic():
        party.save(force_insert=True)
        record("party.registered", f"party:{party_id}", by=by, body={"kind": kind, "id_type": id_type})
    return party


def _refresh(party: Party, name: str, phone: str, *, by: Actor) -> None:
    changed: dict[str, str] = {}
    notes: list[str] = []
    if name != party.name:
        changed["name"] = name
        notes.append(f"名称由“{party.name}”改为“{name}”")
    if phone and phone != party.phone:
        changed |= _phone_columns(party.pk, phone)
        notes.append(f"电话由“{party.masked_phone or '无'}”改为“{mask_phone(phone)}”")
    if not changed:
        return
    fields = sorted({"phone" if field.startswith("phone") else field for field in changed})
    with transaction.atomic():
        Party.objects.filter(pk=party.pk).update(**changed)
        # What it was before stays with the ledger, under the party's own key: a slip of the pen can be set right.
        record(
            "party.changed",
            f"party:{party.pk}",
            by=by,
            body={"fields": fields},
            detail="；".join(notes),
            party=party.pk,
        )
    for field, value in changed.items():
        setattr(party, field, value)
