"""The sample catalogue is what a hall would wish its own to be: complete, consistent, of every regime."""

import json

import pytest

from yichuang.catalogue.models import ImportRun, Item, ItemVersion
from yichuang.catalogue.queries import published
from yichuang.catalogue.rules import Regime
from yichuang.demo import catalogue, organisation
from yichuang.demo.loading import BUILDER
from yichuang.ledger.models import Event
from yichuang.places.models import Department


@pytest.fixture
def built(db):
    organisation.build(by=BUILDER)
    departments = Department.objects.count()
    catalogue.build(by=BUILDER)
    assert Department.objects.count() == departments  # every name is one of the organisation's
    return list(published().prefetch_related("materials"))


def test_a_district_catalogue_marked_sample(built):
    assert len(built) >= 160
    assert len({v.item.department_id for v in built}) >= 20
    assert {v.regime for v in built} == {regime.value for regime in Regime}
    assert all(v.item.is_sample for v in built)
    assert len({v.name for v in built}) == len(built)
    assert sum(v.materials.count() >= 4 for v in built) >= 10


def test_limits_agree_with_kinds_and_with_the_law(built):
    for version in built:
        assert not version.lacks_limit, version.name
        assert (version.case_kind == "immediate") == (version.promised_limit is None), version.name
        assert ("马上办" in version.four_ways) == (version.case_kind == "immediate"), version.name
        if version.regime == "licence":
            assert version.statutory_limit is not None, version.name
    for run in ImportRun.objects.all():
        assert json.loads(run.report)["warnings"] == [], run.file_name


def test_building_again_changes_nothing(built):
    before = (ItemVersion.objects.count(), Item.objects.count(), Event.objects.filter(kind__startswith="item.").count())
    catalogue.build(by=BUILDER)
    assert before == (
        ItemVersion.objects.count(), Item.objects.count(), Event.objects.filter(kind__startswith="item.").count(),
    )  # fmt: skip


def test_every_item_has_its_counter(built):
    placements = {v.item.placement for v in built}
    assert placements == {"general", "domain", "negative"}
    assert {v.item.domain for v in built if v.item.placement == "domain"} == {
        "social_insurance", "medical_insurance", "tax", "police", "real_estate", "housing_fund",
    }  # fmt: skip
