from django.db.models import Q

from yichuang.kit.secret import blind_index, keyring
from yichuang.lib.errors import NotFound
from yichuang.parties.models import Party
from yichuang.parties.rules import normalise_identifier

IDENTIFIER = "parties.identifier"
PHONE = "parties.phone"


def find_by_identifier(id_type: str, raw: str) -> Party | None:
    """The party with this number, whichever of the keys in rotation its index was made under."""
    value = normalise_identifier(id_type, raw)
    ring = keyring()
    wanted = [blind_index(f"{id_type}:{value}", purpose=IDENTIFIER, key=key) for key in ring.keys.values()]
    return Party.objects.filter(
        Q(identifier_index__in=wanted) | Q(identifier_index_next__in=wanted), id_type=id_type
    ).first()


def party(party_id: int) -> Party:
    found = Party.objects.filter(pk=party_id).first()
    if found is None:
        raise NotFound
    return found
