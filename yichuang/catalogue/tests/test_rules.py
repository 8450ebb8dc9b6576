import pytest

from yichuang.catalogue.formats.checks import chinese_number, said_in
from yichuang.catalogue.formats.codes import take_apart
from yichuang.catalogue.formats.tables import TABLES
from yichuang.catalogue.models import ItemVersion, Material
from yichuang.catalogue.rules import EX_OFFICIO_TYPES, GB_ITEM_TYPES, REGIME_LABELS, REGIMES, Regime
from yichuang.catalogue.rules.content import CONTENT, MATERIAL_CONTENT
from yichuang.documents.rules import KINDS


def test_every_regime_has_its_row_and_its_words():
    assert set(REGIMES) == set(REGIME_LABELS) == set(Regime)
    assert set(GB_ITEM_TYPES.values()) == set(Regime)
    assert not set(GB_ITEM_TYPES) & set(EX_OFFICIO_TYPES)


def test_the_licensing_act_is_lent_to_nobody():
    """行政许可法 applies to licences only: no other regime has its days, pauses, extension or deemed acceptance."""
    licence = REGIMES[Regime.LICENCE]
    assert (
        licence.correction_days,
        licence.extension_days,
        licence.certificate_days,
        licence.default_statutory_limit,
    ) == (5, 10, 10, 20)
    assert (licence.deemed_acceptance, licence.extension_approver) == (True, "本行政机关负责人")
    assert licence.pauses == ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")
    for regime in set(Regime) - {Regime.LICENCE}:
        rules = REGIMES[regime]
        assert (
            rules.correction_days, rules.deemed_acceptance, rules.pauses, rules.extension_days, rules.certificate_days,
            rules.default_statutory_limit,
        ) == (None, False, (), None, None, None), regime  # fmt: skip
        assert "行政许可法" not in repr(rules), regime


@pytest.mark.parametrize("regime", list(Regime))
def test_every_refusal_says_its_remedy(regime):
    """行政复议法第二十条: sixty days; 行政诉讼法第四十六条: six months; inaction goes to reconsideration first (第二十三条)."""
    rules = REGIMES[regime]
    assert "六十日内" in rules.remedy_text
    assert "六个月内" in rules.remedy_text
    assert "应当先依法申请行政复议" in rules.inaction_text
    assert set(rules.papers) <= set(KINDS)
    assert rules.acceptance_ground


def test_what_a_version_takes_over_is_all_that_a_guide_says():
    """A column added to the model without an entry here would be lost by the next import."""
    bookkeeping = {
        "id",
        "item",
        "number",
        "source_version",
        "state",
        "effective_from",
        "origin",
        "change_note",
        "content_sm3",
        "raw",
        "row",
        "run",
    }
    assert {f.name for f in ItemVersion._meta.concrete_fields} - bookkeeping == set(CONTENT)
    assert {f.name for f in Material._meta.concrete_fields} - {"id", "version"} == set(MATERIAL_CONTENT)


def test_every_table_maps_into_its_own_meanings():
    for table in TABLES.values():
        assert set(map(str, table.codes.values())) <= set(table.meanings), table.field


@pytest.mark.parametrize(
    ("words", "number"), [("二十", 20), ("十", 10), ("十五", 15), ("一百二十", 120), ("六十", 60), ("七", 7), ("两", 2)]
)
def test_chinese_numbers(words, number):
    assert chinese_number(words) == number


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("受理之日起20个工作日。", [(20, "工作日")]),
        ("自受理之日起二十个工作日内作出决定，经批准可延长 十 个工作日", [(20, "工作日"), (10, "工作日")]),
        ("２０日内", [(20, "日")]),
        ("行政许可法第四十二条", []),
        ("2019年4月23日修正", []),
        ("无", []),
    ],
)  # fmt: skip
def test_limits_named_in_explanations(note, said):
    assert said_in(note) == said


@pytest.mark.parametrize(
    ("code", "scheme", "body", "area"),
    [
        ("11450721MB155808114000104002000", "C0109-31", "11450721MB15580811", ""),
        ("511A0138000000-511602000000-000-115113010833722043-1-00", "sichuan", "115113010833722043", "511602000000"),
        ("G-000007-001-511602000000-000-115113010833722043-1-00", "sichuan", "115113010833722043", "511602000000"),
        ("512C0107400001-511602000000-000-00877868-5-1-00", "sichuan", "00877868-5", "511602000000"),
        ("E-000004-001-11511301008778386B", "other", "", ""),
        ("0123456789ABCDEFGHIJKLMN", "2016-24", "", ""),
    ],
)  # fmt: skip
def test_codes_are_taken_apart(code, scheme, body, area):
    parts = take_apart(code)
    assert (parts.scheme, parts.body, parts.area, parts.code) == (scheme, body, area, code)
