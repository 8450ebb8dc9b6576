"""The make-up of halls, exhaustively on the figures of the plan, and as people see it."""

from itertools import product

import pytest
from django.urls import reverse

from yichuang.lib.errors import Invalid
from yichuang.places import panels, queries
from yichuang.places.actions import composition, function, window
from yichuang.places.models import CompositionRule
from yichuang.places.rules.composition import (
    DEFAULT_RULES,
    HallFacts,
    Rule,
    WindowFacts,
    findings,
    is_measure,
    merged,
    verdicts,
    wanted,
)
from yichuang.places.rules.kinds import (
    HALL_KIND_LABELS,
    STANDARD_FUNCTIONS,
    Domain,
    FunctionFact,
    FunctionGroup,
    HallKind,
)

FUNCTIONS = {f.code: f for f in STANDARD_FUNCTIONS}
SPECIAL = [f.code for f in STANDARD_FUNCTIONS if f.group is FunctionGroup.SPECIAL]
CROSS = ["interprovincial", "provincial"]


def facts(kind, general=0, domain=0, tidal=0, functions=None):
    functions = functions or {}
    windows = [WindowFacts(f"G{n}", "general", "", frozenset(functions.get(n, ()))) for n in range(general)]
    windows += [WindowFacts(f"D{n}", "domain", list(Domain)[n % 6]) for n in range(domain)]
    windows += [WindowFacts(f"T{n}", "tidal") for n in range(tidal)]
    return HallFacts("X", "试验大厅", kind, tuple(windows))


def whole_district(**changes):
    carried = {n: {SPECIAL[n]} for n in range(5)}
    carried[0] |= {"bundle"}
    carried[1] |= set(CROSS)
    return facts(HallKind.DISTRICT, **({"general": 5, "domain": 6, "tidal": 1, "functions": carried} | changes))


def broken(hall, functions=FUNCTIONS):
    return {v.rule.measure: v.gap for v in findings(hall, DEFAULT_RULES, functions)}


def test_the_districts_twelve_windows_are_right():
    assert broken(whole_district()) == {}


@pytest.mark.parametrize(("general", "domain", "tidal"), list(product(range(8), range(8), range(3))))
def test_the_district_against_an_independent_count(general, domain, tidal):
    """5 + 6 + 1 = 12, and nothing else (plan 三(一)3)."""
    gaps = broken(whole_district(general=general, domain=domain, tidal=tidal))
    expected = {
        "general": general - 5,
        "domain": domain - 6,
        "tidal": tidal - 1,
        "windows": general + domain + tidal - 12,
        "special_windows": min(general, 5) - 5,
        "domains": min(domain, 6) - 6,
        "each:special": 0 if general >= 5 else -1,
        "each:bundle": 0 if general >= 1 else -1,
        "each:cross_region": 0 if general >= 2 else -1,
    }
    assert gaps == {measure: gap for measure, gap in expected.items() if gap}


@pytest.mark.parametrize(("general", "domain", "tidal"), list(product(range(9), range(3), range(4))))
def test_a_town_against_an_independent_count(general, domain, tidal):
    """4 to 6 general windows with one tidal among them, no domain windows."""
    gaps = broken(facts(HallKind.TOWN, general, domain, tidal))
    served = general + tidal
    assert gaps.get("served", 0) == (served - 4 if served < 4 else max(served - 6, 0))
    assert gaps.get("tidal", 0) == tidal - 1
    assert gaps.get("domain", 0) == domain
    assert gaps.get("general", 0) == min(general - 1, 0)


@pytest.mark.parametrize(("general", "domain", "tidal"), list(product(range(4), range(3), range(2))))
def test_a_village_has_one_general_window_and_no_domain_windows(general, domain, tidal):
    gaps = broken(facts(HallKind.VILLAGE, general, domain, tidal))
    assert (gaps.get("general", 0), gaps.get("domain", 0)) == (general - 1, domain)


def test_a_park_needs_a_general_window_and_no_figure():
    assert broken(facts(HallKind.PARK)) == {"general": -1}
    assert broken(facts(HallKind.PARK, general=30, domain=4)) == {}


def test_every_kind_of_hall_must_have_a_general_window():
    for kind in HALL_KIND_LABELS:
        assert broken(facts(kind, tidal=1))["general"] < 0


def test_each_function_of_a_group_is_wanted_and_the_missing_ones_are_named():
    local = FUNCTIONS | {"neighbour": FunctionFact("neighbour", "桃梨通办", FunctionGroup.CROSS_REGION)}
    [finding] = findings(whole_district(), DEFAULT_RULES, local)
    assert finding.rule.measure == "each:cross_region"
    assert finding.sentence == (
        "试验大厅（区（县）政务服务大厅）：每项跨区域通办职能的窗口 0 个，标准至少 1，少 1 个，缺桃梨通办。"
        "依据：方案二：设立“一件事一次办”和跨区域通办综合窗口。"
    )


def test_a_group_without_functions_asks_for_nothing():
    none = {code: f for code, f in FUNCTIONS.items() if f.group is not FunctionGroup.CROSS_REGION}
    assert "each:cross_region" not in broken(whole_district(), none)


def test_two_windows_of_one_domain_leave_another_without():
    hall = whole_district()
    twice = tuple(WindowFacts(w.number, w.kind, "tax" if w.kind == "domain" else "", w.functions) for w in hall.windows)
    [finding] = findings(HallFacts("X", "试验大厅", hall.kind, twice), DEFAULT_RULES, FUNCTIONS)
    assert finding.gap == -5
    assert "缺社保、医保、公安（户籍、出入境）、不动产、公积金" in finding.sentence


def test_findings_say_who_where_and_by_how_much():
    sentences = [
        v.sentence for v in findings(facts(HallKind.TOWN, general=7, domain=1, tidal=1), DEFAULT_RULES, FUNCTIONS)
    ]
    assert sentences == [
        "试验大厅（镇便民服务中心）：无差别综合窗口（含潮汐） 8 个，标准4–6，多 2 个。依据：方案三（一）3。",
        "试验大厅（镇便民服务中心）：分领域综合窗口 1 个，标准不设，多 1 个。依据：方案三（一）2（2）：镇不设分领域综合窗口。",
    ]


def test_the_districts_own_figure_takes_the_place_of_the_plans():
    own = Rule(HallKind.VILLAGE, "general", 2, 2, "区政办发〔2024〕1号")
    assert broken(facts(HallKind.VILLAGE, general=2)) == {"general": 1}
    rules = merged(DEFAULT_RULES, [(own, True)])
    assert findings(facts(HallKind.VILLAGE, general=2), rules, FUNCTIONS) == []
    without = merged(DEFAULT_RULES, [(own, False)])
    assert [v.rule.measure for v in verdicts(facts(HallKind.VILLAGE), without, FUNCTIONS)] == ["domain"]
    assert len(merged(DEFAULT_RULES, [])) == len(DEFAULT_RULES)


def test_one_function_can_be_asked_for():
    rule = Rule(HallKind.DISTRICT, "function:fast_track", 2, None, "本地")
    assert findings(whole_district(), [rule], FUNCTIONS)[0].gap == -1


@pytest.mark.parametrize("measure", [rule.measure for rule in DEFAULT_RULES] + ["function:bundle", "each:duty"])
def test_known_measures(measure):
    assert is_measure(measure)


@pytest.mark.parametrize("measure", ["", "windows ", "each:", "each:nothing", "function:", "function:a b", "specials"])
def test_unknown_measures(measure):
    assert not is_measure(measure)


def test_figures_in_words():
    figures = [(5, 5), (4, 6), (None, 0), (None, 3), (1, None)]
    words = [wanted(Rule("town", "general", least, most, "")) for least, most in figures]
    assert words == ["5", "4–6", "不设", "至多 3", "至少 1"]


def test_a_rule_is_set_changed_and_dropped(county, bureau):
    composition.set_rule(Rule("village", "general", 2, 3, "甲"), by=bureau)
    composition.set_rule(Rule("village", "general", 2, 2, "乙"), by=bureau)
    assert CompositionRule.objects.get().basis == "乙"
    assert Rule("village", "general", 2, 2, "乙") in queries.composition_rules()
    composition.set_rule(Rule("village", "general", 2, 2, "乙"), is_active=False, by=bureau)
    assert not [r for r in queries.composition_rules() if (r.hall_kind, r.measure) == ("village", "general")]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule("castle", "general", 1, 1, "甲"), "hall_kind"),
        (Rule("village", "towers", 1, 1, "甲"), "measure"),
        (Rule("village", "general", None, None, "甲"), "least"),
        (Rule("village", "general", 3, 1, "甲"), "most"),
        (Rule("village", "general", 1, 1, " "), "basis"),
    ],
)
def test_odd_rules_are_refused(db, bureau, rule, field):
    with pytest.raises(Invalid) as caught:
        composition.set_rule(rule, by=bureau)
    assert set(caught.value.fields) == {field}


def test_paused_and_closed_windows_do_not_count(make_hall, open_window, bureau):
    hall = make_hall()
    open_window(hall, "1")
    window.pause(open_window(hall, "2"), by=bureau)
    window.close(open_window(hall, "3"), by=bureau)
    assert [w.number for w in queries.facts_of([hall])[0].windows] == ["01"]


@pytest.mark.plan("O3")
@pytest.mark.plan("T6")
@pytest.mark.plan("O1")
def test_the_page_shows_every_hall_against_the_rules_and_leads_there(as_actor, make_hall, open_window, clerk):
    bare, served = make_hall("990101-09"), make_hall("990101-08", HallKind.PARK)
    open_window(served, "1")
    page = as_actor(clerk).get(reverse("places:composition")).content.decode()
    assert "1 / 2" in page
    assert "还差 1 个" in page
    assert f'href="{reverse("places:hall", args=[bare.code])}"' in page
    assert "桃溪大厅990101-09（区（县）政务服务大厅）：综合窗口总数 0 个，标准12，少 12 个。" in page
    assert "方案没有规定园区大厅的窗口数量" in page
    assert page.index("桃溪大厅990101-09") < page.index("桃溪大厅990101-08")  # those amiss first


@pytest.mark.plan("T8")
def test_the_page_names_the_cross_region_window_that_is_missing(as_actor, make_hall, open_window, bureau):
    function.register("neighbour", "桃梨通办", "cross_region", by=bureau)
    hall = make_hall()
    row = open_window(hall, "1", carries=["bundle", "interprovincial", "provincial"])
    address = reverse("places:hall", args=[hall.code])
    assert "缺桃梨通办" in as_actor(bureau).get(address).content.decode()
    carried = ["bundle", "interprovincial", "provincial", "neighbour"]
    window.change(row, window.Particulars("01", row.name), carries=carried, by=bureau)
    assert "缺桃梨通办" not in as_actor(bureau).get(address).content.decode()


def test_lists_cost_the_same_for_two_halls_and_for_twenty(make_hall, open_window, django_assert_num_queries, bureau):
    def spent(count):
        with django_assert_num_queries(7, exact=False) as captured:
            assert len(panels.hall_rows(queries.halls_for(bureau))) == count
        return len(captured)

    for number in range(2):
        open_window(make_hall(f"H{number}"), "1")
    queries.working_calendar()
    few = spent(2)
    for number in range(2, 20):
        open_window(make_hall(f"H{number}"), "1")
    assert spent(20) == few
