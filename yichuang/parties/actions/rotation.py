"""Key rotation (换钥): every number is sealed again under the current key; both index columns stand meanwhile."""

from django.db import transaction

from yichuang.kit.secret import blind_index, keyring, seal
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.parties.models import Party
from yichuang.parties.queries import IDENTIFIER, PHONE


def reindex(*, limit: int, by: Actor) -> int:
    """Bring up to ``limit`` parties under the current key; returns how many were moved (0: done)."""
    current = keyring().current
    prefix = f"{current.id}."
    moved = list(Party.objects.exclude(identifier_sealed__startswith=prefix).order_by("id")[:limit])
    if not moved:
        return 0
    with transaction.atomic():
        for party in moved:
            identifier, phone = party.identifier, party.phone
            Party.objects.filter(pk=party.pk).update(
                identifier_sealed=seal(identifier, table="party", column="identifier", row=party.pk),
                identifier_index=blind_index(f"{party.id_type}:{identifier}", purpose=IDENTIFIER),
                identifier_index_next=party.identifier_index,
                phone_sealed=seal(phone, table="party", column="phone", row=party.pk),
                phone_index=blind_index(phone, purpose=PHONE) if phone else "",
                phone_index_next=party.phone_index,
            )
        record("party.rekeyed", "installation:1", by=by, body={"key": current.id, "count": len(moved)})
    return len(moved)
