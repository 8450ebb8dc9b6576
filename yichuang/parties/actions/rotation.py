"""Key rotation (换钥): every number is sealed again under the current key; both index columns stand meanwhile.

The order: add a key to the keys file, restart every process (so that all know both), ``reindex`` until it returns 0, then
``forget_previous``. Old keys stay in the file: papers, files and the ledger's texts made under them still open.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from yichuang.kit.keyring import MasterKey
from yichuang.kit.secret import blind_index, keyring, seal
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict
from yichuang.parties.models import Party
from yichuang.parties.queries import IDENTIFIER, PHONE


def reindex(*, limit: int, by: Actor) -> int:
    """Bring up to ``limit`` parties under the current key; returns how many are still waiting (0: done).

    A party that somebody changed meanwhile is left for the next call: nothing newer is overwritten.
    """
    current = keyring().current
    waiting = _waiting(current)
    batch = [(party, _moved(party)) for party in waiting.order_by("id")[:limit]]
    if not batch:
        return 0
    with transaction.atomic():
        count = sum(
            Party.objects.filter(
                pk=party.pk, identifier_sealed=party.identifier_sealed, phone_sealed=party.phone_sealed
            ).update(**columns)
            for party, columns in batch
        )
        if count:
            record("party.rekeyed", "installation:1", by=by, body={"key": current.id, "count": count})
    return _waiting(current).count()


def forget_previous(*, by: Actor) -> int:
    """Empty the second index columns once everything stands under the current key; returns how many rows had one."""
    current = keyring().current
    if left := _waiting(current).count():
        raise Conflict(f"还有 {left} 个办事人没有换到新密钥，现在不能清除旧索引。")
    with transaction.atomic():
        count = Party.objects.exclude(identifier_index_next="", phone_index_next="").update(
            identifier_index_next="", phone_index_next=""
        )
        record("party.previous_key_forgotten", "installation:1", by=by, body={"key": current.id, "count": count})
    return count


def _waiting(current: MasterKey) -> "QuerySet[Party]":
    prefix = f"{current.id}."
    stale_phone = ~Q(phone_sealed="") & ~Q(phone_sealed__startswith=prefix)
    return Party.objects.filter(~Q(identifier_sealed__startswith=prefix) | stale_phone)


def _moved(party: Party) -> dict[str, str]:
    identifier, phone = party.identifier, party.phone
    return {
        "identifier_sealed": seal(identifier, table="party", column="identifier", row=party.pk),
        "identifier_index": blind_index(f"{party.id_type}:{identifier}", purpose=IDENTIFIER),
        "identifier_index_next": party.identifier_index,
        "phone_sealed": seal(phone, table="party", column="phone", row=party.pk),
        "phone_index": blind_index(phone, purpose=PHONE) if phone else "",
        "phone_index_next": party.phone_index,
    }
