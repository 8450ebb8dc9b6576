"""A fixed cast with numbers that hold their check digit and belong to nobody (synthetic)."""

from yichuang.lib.actor import Actor, ActorKind
from yichuang.parties.actions.registration import register

WANG = {
    "kind": "person",
    "name": "王芳",
    "id_type": "resident_id",
    "identifier": "510811199003070017",
    "phone": "13800138000",
}
LI = WANG | {"name": "李建国", "identifier": "51081119561105002X", "phone": "13900139000"}
BAKERY = {
    "kind": "organisation",
    "name": "昭化区老街面包坊有限公司",
    "id_type": "uscc",
    "identifier": "91510811MA62AB1278",
    "phone": "0839-5551234",
}


def clerk(number=7, *permissions):
    return Actor(ActorKind.STAFF, str(number), name="周敏", permissions=frozenset(permissions))


def register_wang(number):
    """For one of several processes: the id of the row that came out."""
    return register(**WANG, by=clerk(number)).pk


def enter(person, **changed):
    return register(**(person | changed), by=clerk())
