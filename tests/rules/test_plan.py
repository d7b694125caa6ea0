"""What a plan may say, and what is said about one that may not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.fields import Unfit, name
from engine.rules.plan import COMPARATORS, Plan, Target, read_plan
from engine.rules.proof.chain import canonical
from engine.words.problem import problem_line

Nodes = dict[str, Any]

SOUND: Nodes = {
    "plan": {"code": "town-2020", "title": "方案", "number": "〔2020〕4号", "issuer": "办公室", "city": "某", "year": 2020},
    "units": [
        {"code": "FGW", "name": "市发改委", "kind": "bureau", "relation": "subordinate", "aliases": ["发改委"], "rank_group": "department"},
        {"code": "SWJ", "name": "市税务局", "kind": "bureau", "relation": "vertical", "parent": None},
        {"code": "YX", "name": "叶县", "kind": "county", "relation": "county", "in_source": False},
        {"code": "YXSWJ", "name": "叶县税务局", "kind": "bureau", "relation": "county", "parent": "YX"},
    ],
    "groups": [{"code": "GXQ", "name": "各县", "kind": "group", "members": ["YX"], "rule": "全部县"}],
    "measures": [
        {"no": "3.10", "title": "乙", "clause": "市税务局、发改委牵头", "leads": ["SWJ", "FGW"]},
        {"no": "3.2", "title": "甲", "clause": "…", "leads": ["FGW"], "cooperators": ["SWJ"], "responsible": ["GXQ"]},
        {"no": "4.1", "title": "丙", "clause": "各县负责", "responsible": ["GXQ"]},
    ],
    "indicators": [{"no": "3.2", "name": "甲"}],
    "targets": [
        {
            "id": "3.10-10", "measure": "3.10", "metric": "办结时间", "comparator": "<=", "value": "0.75", "unit": "日",
            "deadline": "2020-06-30", "scope": "全市", "words": "一日办结", "lead": "SWJ", "baseline": "上年", "note": "注",
        },
        {
            "id": "3.10-9", "measure": "3.10", "metric": "降幅", "comparator": "~", "value": "10", "unit": "%",
            "deadline": "2020-12-31", "scope": "全市", "words": "下降10%", "mandatory": False,
        },
    ],
}  # fmt: skip


def problems_after(change: Callable[[Nodes], object]) -> tuple[str, ...]:
    nodes = copy.deepcopy(SOUND)
    change(nodes)
    return tuple(problem_line(problem, "en") for problem in read_plan(nodes)[1])


def sound() -> Plan:
    plan, problems = read_plan(SOUND)
    assert problems == ()
    return plan


def test_a_sound_plan_is_read_with_its_defaults() -> None:
    plan = sound()
    assert (plan.code, plan.year, plan.city) == ("town-2020", 2020, "某")
    fgw, tax, county, below = plan.units
    assert (fgw.aliases, fgw.rank_group, fgw.in_source, fgw.parent) == (("发改委",), "department", True, None)
    assert (tax.aliases, tax.rank_group, county.in_source, below.parent) == ((), None, False, "YX")
    assert plan.groups[0].members == ("YX",)
    last, first = plan.targets[1], plan.targets[0]
    assert (first.mandatory, first.lead, first.baseline) == (False, None, None)
    assert (last.deadline, last.number, last.lead, last.note) == (date(2020, 6, 30), Decimal("0.75"), "SWJ", "注")


def test_measures_and_targets_stand_in_the_order_of_their_numbers() -> None:
    assert [measure.no for measure in sound().measures] == ["3.2", "3.10", "4.1"]
    assert [target.id for target in sound().targets] == ["3.10-9", "3.10-10"]


def test_a_measure_has_a_lead_only_where_exactly_one_is_named() -> None:
    one, several, none = sound().measures
    assert (one.lead, several.lead, none.lead) == ("FGW", None, None)
    assert (one.named, several.named, none.named) == (("FGW", "SWJ", "GXQ"), ("SWJ", "FGW"), ("GXQ",))


def test_the_json_of_a_plan_is_canonical_and_gives_the_plan_back() -> None:
    text = sound().to_json()
    assert Plan.from_json(text) == sound()
    assert canonical(json.loads(text)) == text
    assert json.loads(text)["targets"][1]["value"] == "0.75"


@pytest.mark.parametrize("text", ["[]", "null", "{}", '{"plan": {}}'])
def test_json_that_is_no_plan_is_refused_with_the_reasons(text: str) -> None:
    with pytest.raises(ValueError, match="units: problem-empty-list"):
        Plan.from_json(text)


def put(section: str, place: int, **values: object) -> Callable[[Nodes], object]:
    return lambda nodes: nodes[section][place].update(values)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda nodes: nodes.update(unit=[]), "unit: no such section"),
        (lambda nodes: nodes.pop("plan"), "plan: must be a table of keys and values"),
        (lambda nodes: nodes["plan"].update(year=True), "plan.year: True is no text; write it in quotes"),
        (lambda nodes: nodes["plan"].update(year=20), "plan.year: '20' is not a year"),
        (lambda nodes: nodes["plan"].pop("city"), "plan.city: missing"),
        (lambda nodes: nodes["plan"].update(code="Town"), "plan.code: 'Town' is not a name of small letters, digits and hyphens"),
        (lambda nodes: nodes["plan"].update(units=[]), "plan.units: no such key"),
        (lambda nodes: nodes["indicators"].append("3.2"), "indicators[2]: must be a table of keys and values"),
        (lambda nodes: nodes["units"].append(dict(nodes["units"][0])), "units[FGW]: stands there twice"),
        (put("units", 0, code="发改"), "units[发改].code: '发改' is not a code of 2 to 16 capital letters and digits"),
        (put("units", 0, code=["FGW"]), "units[['FGW']].code: ['FGW'] is no text; write it in quotes"),
        (put("units", 0, colour="red"), "units[FGW].colour: no such key"),
        (put("units", 0, kind="burau"),
         "units[FGW].kind: 'burau' is none of bureau party court county enterprise institution office association"),
        (put("units", 0, relation=""), "units[FGW].relation: '' is empty, or has blanks around it or characters that cannot be seen"),
        (put("units", 0, name=" 市发改委"),
         "units[FGW].name: ' 市发改委' is empty, or has blanks around it or characters that cannot be seen"),
        (put("units", 0, name="市\ud800"),
         "units[FGW].name: '市\\ud800' is empty, or has blanks around it or characters that cannot be seen"),
        (put("units", 0, in_source="no"), "units[FGW].in_source: 'no' is neither true nor false"),
        (put("units", 0, aliases="发改委"), "units[FGW].aliases: '发改委' is no list"),
        (put("units", 0, aliases=None), "units[FGW].aliases: None is no list"),
        (put("units", 0, aliases=["甲", "乙", "甲"]), "units[FGW].aliases: twice in the list: 甲"),
        (put("units", 1, aliases=["发 改委"]), "units[SWJ]: 发改委 is also a name of FGW"),
        (put("groups", 0, code="YX"), "groups[YX]: yx is also a name of YX"),
        (put("units", 0, parent="ZZ"), "units[FGW].parent: no unit ZZ"),
        (put("units", 0, parent="FGW"), "units[FGW].parent: the unit is above itself"),
        (put("units", 2, parent="YXSWJ"), "units[YX].parent: the unit is above itself"),
        (put("groups", 0, members=[]), "groups[GXQ].members: names nobody"),
        (put("groups", 0, members=["GXQ"]), "groups[GXQ].members: no unit GXQ"),
        (put("groups", 0, kind="unit"), "groups[GXQ].kind: 'unit' is none of group"),
        (put("measures", 1, no=3.2), "measures[3.2].no: 3.2 is no text; write it in quotes"),
        (put("measures", 1, no="3.02"), "measures[3.02].no: '3.02' is not the number of a measure, like 3.10"),
        (put("measures", 1, no="３.２"), "measures[３.２].no: '３.２' is not the number of a measure, like 3.10"),
        (put("measures", 2, responsible=[]), "measures[4.1]: names nobody"),
        (put("measures", 2, leads=["GXQ"], responsible=[]), "measures[4.1].leads: no unit GXQ"),
        (put("measures", 1, cooperators=["ZZ"]), "measures[3.2].cooperators: no unit or group ZZ"),
        (put("measures", 1, responsible=["ZZ"]), "measures[3.2].responsible: no unit or group ZZ"),
        (put("measures", 1, cooperators=["FGW"]), "measures[3.2]: FGW has two parts"),
        (put("indicators", 0, no="3.3"), "indicators[3.3]: no measure 3.3"),
        (put("targets", 0, id="3.10"), "targets[3.10].id: '3.10' is not the number of a target, like 3.10-1"),
        (put("targets", 1, measure="3.2"), "targets[3.10-9].measure: the number says otherwise"),
        (put("targets", 1, measure="3.9", id="3.9-1"), "targets[3.9-1].measure: no measure 3.9"),
        (put("targets", 0, lead="YX"), "targets[3.10-10].lead: YX does not lead 3.10"),
        (put("targets", 0, comparator="≤"), "targets[3.10-10].comparator: '≤' is none of >= > <= < = ~"),
        (put("targets", 0, value=1), "targets[3.10-10].value: 1 is no text; write it in quotes"),
        (put("targets", 0, value="1.0"), "targets[3.10-10].value: '1.0' is not a decimal number"),
        (put("targets", 0, value="-0"), "targets[3.10-10].value: '-0' is not a decimal number"),
        (put("targets", 0, deadline="2020-6-30"), "targets[3.10-10].deadline: '2020-6-30' is no date like 2026-10-01"),
        (put("targets", 0, deadline="2020-06-31"), "targets[3.10-10].deadline: 2020-06-31 does not exist"),
        (put("targets", 0, deadline=date(2020, 6, 30)),
         "targets[3.10-10].deadline: datetime.date(2020, 6, 30) is no text; write it in quotes"),
    ],
)  # fmt: skip
def test_one_fault_is_one_complaint_and_says_where(change: Callable[[Nodes], object], complaint: str) -> None:
    assert complaint in problems_after(change)


@pytest.mark.parametrize("section", ["units", "groups", "measures", "indicators", "targets"])
@pytest.mark.parametrize("node", [None, [], {}, "text"])
def test_a_section_that_is_no_list_or_empty_is_refused(section: str, node: object) -> None:
    assert f"{section}: must be a list that is not empty" in problems_after(lambda nodes: nodes.update({section: node}))


def test_a_unit_with_a_fault_is_not_missed_by_those_who_name_it() -> None:
    assert problems_after(put("units", 2, kind="shire")) == (
        "units[YX].kind: 'shire' is none of bureau party court county enterprise institution office association",
    )


def test_a_measure_with_a_fault_is_not_missed_by_its_targets() -> None:
    assert problems_after(put("measures", 0, title="")) == (
        "measures[3.10].title: '' is empty, or has blanks around it or characters that cannot be seen",
    )


def test_every_fault_is_told_at_once() -> None:
    def spoil(nodes: Nodes) -> None:
        nodes["plan"]["year"] = "soon"
        nodes["units"][0].update(kind="x", relation="y")
        nodes["targets"][0]["value"] = "much"

    assert len(problems_after(spoil)) == 4


def test_a_year_may_be_text_as_yaml_without_types_gives_it() -> None:
    nodes = copy.deepcopy(SOUND)
    nodes["plan"]["year"] = "2020"
    assert read_plan(nodes) == (sound(), ())


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.integers(), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(["units", "groups", "measures", "indicators", "targets"]), st.data())
def test_whatever_stands_in_an_entry_is_complained_of_or_makes_a_plan_that_survives_json(section: str, data: st.DataObject) -> None:
    nodes = copy.deepcopy(SOUND)
    entry = nodes[section][0]
    entry[data.draw(st.sampled_from(sorted(entry)))] = data.draw(JUNK)
    plan, problems = read_plan(nodes)
    if not problems:
        assert Plan.from_json(plan.to_json()) == plan


@given(JUNK)
def test_no_node_whatever_breaks_the_reader(node: object) -> None:
    for section in ("plan", "units", "groups", "measures", "indicators", "targets"):
        read_plan({**SOUND, section: node})
        read_plan({**SOUND, section: [node]})


@given(
    st.builds(
        dict,
        comparator=st.sampled_from(COMPARATORS),
        value=st.decimals(-1000, 1000, places=3).map(lambda number: f"{number.normalize() + 0:f}"),
        deadline=st.dates(),
        mandatory=st.booleans(),
        words=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1),
    )
)
def test_every_target_comes_back_from_json_as_it_was(facts: dict[str, Any]) -> None:
    nodes = copy.deepcopy(SOUND)
    nodes["targets"][1].update(facts, deadline=facts["deadline"].isoformat())
    plan, problems = read_plan(nodes)
    assert problems == ()
    target: Target = Plan.from_json(plan.to_json()).targets[0]
    assert {key: getattr(target, key) for key in facts} == facts


@pytest.mark.parametrize("called", ["市/局", "市公\u200b安局", "市公安局、市财政局"])
def test_a_name_holds_nothing_that_hides_or_parts(called: str) -> None:
    with pytest.raises(Unfit):
        name(called)
    assert name("市公安局") == "市公安局"
