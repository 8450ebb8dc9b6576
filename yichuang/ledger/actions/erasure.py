"""Erasure (删除): the key under which the free text about one person lies is destroyed, and the text with it.

个人信息保护法第四十七条. The events and their hashes stay and still verify; the text reads "erased". What a backup holds of
the wrapped key lives until the backup is overwritten.
"""

from django.db import transaction
from django.utils import timezone

from yichuang.ledger.actions.record import INSTALLATION, record
from yichuang.ledger.models import Detail, PartyKey
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict


def erase_texts(party: int, *, by: Actor, ground: str) -> None:
    """Destroy the key of a party. The caller has checked who may; ``ground`` says why and is kept."""
    if party == INSTALLATION:
        raise ValueError("the installation's own key is not a person's")
    with transaction.atomic():
        key = PartyKey.objects.filter(party=party, destroyed_at=None).first()
        now = timezone.now()
        if key is None or not PartyKey.objects.filter(pk=key.pk, destroyed_at=None).update(
            wrapped="", destroyed_at=now
        ):
            raise Conflict("这名当事人没有可删除的说明文字，或者刚刚已被删除。")
        texts = Detail.objects.filter(key=key).count()
        # The ground lies under the installation's key: it must outlive what it explains.
        record("party.texts_erased", f"party:{party}", by=by, body={"key": key.pk, "texts": texts}, detail=ground)
