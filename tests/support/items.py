"""Items for tests about what happens to them: published at once, without a file behind them."""

from datetime import date

from yichuang.catalogue.models import Item, ItemVersion, Material
from yichuang.catalogue.queries import published_item


def make_item(
    department,
    code="511A0000000001-999901000000-000-T-1-00",
    name="食品经营许可证核发（新办）",
    materials=(),
    **changes,
):
    """A published item of a department; ``materials`` are (name, necessity) pairs."""
    item = Item.objects.create(code=code, code_scheme="sichuan", department=department, division_code="999901000000")
    values = {
        "number": 1,
        "name": name,
        "regime": "licence",
        "case_kind": "promised",
        "state": "published",
        "statutory_limit": 20,
        "promised_limit": 5,
        "result_name": "食品经营许可证",
        "effective_from": date(2022, 1, 1),
        "content_sm3": "0" * 64,
    } | changes
    version = ItemVersion.objects.create(item=item, **values)
    for order, (material, necessity) in enumerate(materials, start=1):
        Material.objects.create(
            version=version,
            order=order,
            name=material,
            necessity=necessity,
            form="paper",
            originals=1,
            copies=1,
            source="applicant",
        )
    return published_item(code)
