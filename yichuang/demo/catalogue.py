"""The sample catalogue of the demo district, read in like any hall's own file.

Names of items are public facts; codes, limits and materials are samples and marked so.
"""

import json
from functools import lru_cache
from pathlib import Path

from yichuang.catalogue.actions.importing import import_file
from yichuang.catalogue.actions.placement import Place, place
from yichuang.catalogue.queries import published
from yichuang.catalogue.rules import Placement
from yichuang.lib.actor import Actor

_FOLDER = Path(__file__).parent / "data" / "catalogue"
_PLACEMENT = Path(__file__).parent / "data" / "placement.json"


def build(*, by: Actor) -> None:
    """Idempotent: a file that is in already changes nothing."""
    for file in files():
        report = import_file(file, file.name, by=by)
        if report.rejected:
            raise ValueError(f"{file.name}: {report.rejected[0].reason}")
    _place(by=by)


def files() -> list[Path]:
    return sorted(_FOLDER.glob("*.json"))


@lru_cache(maxsize=1)
def _placement() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(_PLACEMENT.read_text(encoding="utf-8"))
    return loaded


def _place(*, by: Actor) -> None:
    """The six domains keep their items (plan 三(一)1(2)); one sample on the negative list."""
    table = _placement()
    for version in published().filter(item__is_sample=True):
        item, name = version.item, version.name
        if basis := table["negative"].get(name):
            place(item, Place(Placement.NEGATIVE, basis=basis), by=by)
        elif domain := table["domains"].get(item.department.name):
            place(item, Place(Placement.DOMAIN, domain=domain), by=by)
        elif name in table["refers_out"]:
            place(item, Place(Placement.GENERAL, refers_out=True), by=by)
