import pytest

from tests.support.items import make_item
from yichuang.cases.actions import acceptance


@pytest.fixture
def item(cast_places):
    """A licence with one required and one optional material, promised in five working days."""
    return make_item(cast_places.department, materials=[("食品经营许可申请书", "required"), ("授权委托书", "optional")])


@pytest.fixture
def application(item, cast_places):
    """What 王芳 types for a woman who wants to open a small restaurant; keywords change a field."""

    def make(**changes):
        required = item.materials.all()[0]
        values = {
            "item_code": item.item.code,
            "applicant_kind": "person",
            "applicant_name": "何晓岚",
            "id_type": "resident_id",
            "identifier": "510811199003070017",
            "phone": "13800001003",
            "materials": (acceptance.Received(required.name, required.pk, 1, 1, original_seen=True),),
            "window": cast_places.window.pk,
        } | changes
        return acceptance.Application(**values)

    return make


@pytest.fixture
def accepted(application, wang_fang, actor_of):
    """A case that 王芳 has just accepted."""
    return acceptance.accept(application(), key="key-of-the-first", by=actor_of(wang_fang))
