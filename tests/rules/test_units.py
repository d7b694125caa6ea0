"""How a unit is found by what people call it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.unit_names import UnitNames, normalized, written


@dataclass(frozen=True)
class Bureau:
    code: str
    name: str
    aliases: tuple[str, ...] = ()


FGW = Bureau("FGW", "市发展改革委", ("市发改委",))
TAX = Bureau("SHUIWJ", "市税务局")
POWER = Bureau("GDGS", "平顶山供电公司")
SCJGJ = Bureau("SCJGJ", "市市场监管局", ("市监局",))
COUNTIES = Bureau("GXSQ", "各县（市、区）")
NAMES = UnitNames([FGW, TAX, POWER, SCJGJ, COUNTIES], city="平顶山")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("FGW", FGW), ("fgw", FGW), ("ＦＧＷ", FGW), ("市发展改革委", FGW), ("市发改委", FGW), (" 市 发改委\n", FGW),
        ("各县(市、区)", COUNTIES),
        ("发改委", FGW), ("税务局", TAX), ("平顶山市税务局", TAX), ("平顶山税务局", TAX), ("平顶山市市场监管局", SCJGJ),
        ("平顶山市场监管局", SCJGJ), ("市场监管局", SCJGJ), ("平顶山供电公司", POWER),
        ("市", None), ("", None), ("  ", None), ("平顶山", None), ("平顶山市", None), ("叶县税务局", None), ("改革委", None),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_code_name_or_alias_however_it_is_typed(text: str, unit: Bureau | None) -> None:
    assert NAMES.find(text) is unit


NAMES_OF_SHEETS = st.text(st.sampled_from("市平顶山发展改革委税务局 ＡAa（("), max_size=8)


@given(NAMES_OF_SHEETS)
def test_a_name_is_kept_in_one_spelling_which_means_the_same_unit(text: str) -> None:
    kept = written(text)
    assert written(kept) == kept and NAMES.find(kept) is NAMES.find(text)


def test_every_spelling_of_a_units_names_means_it_and_no_other_does() -> None:
    spellings = NAMES.spellings()
    assert {name: unit for name, unit in spellings.items() if unit is FGW} == dict.fromkeys(
        [before + name for name in ("发展改革委", "发改委") for before in ("", "市", "平顶山", "平顶山市")], FGW,
    )
    assert all(NAMES.find(name) is unit for name, unit in spellings.items())
    clash = UnitNames([Bureau("A1", "市水利局", ("水务",)), Bureau("B1", "市水务局", ("水务",))])
    assert "水务" not in clash.spellings() and set(clash) == {*clash.spellings().values()}
    was = Bureau("C1", "市大数据局")
    assert UnitNames([was], former=[("市信息中心", was)]).spellings()["信息中心"] is was


def test_without_a_city_only_the_carried_shi_is_tried() -> None:
    names = UnitNames([TAX, Bureau("X", "公积金中心")])
    assert names.find("税务局") is TAX
    assert names.find("市公积金中心") == Bureau("X", "公积金中心")
    assert names.find("平顶山市税务局") is None


def test_a_name_two_units_bear_is_nobodys_and_both_are_suggested() -> None:
    old, new = Bureau("A1", "市水利局", ("水务",)), Bureau("B1", "市水务局", ("水务",))
    names = UnitNames([old, new])
    assert names.find("水务") is None
    assert set(names.nearest("水务")) == {old.name, new.name}
    assert names.clashes() == [("水务", (old, new))]


def test_a_code_goes_before_a_name_and_a_name_before_an_alias() -> None:
    coded, named, called = Bureau("AB", "甲"), Bureau("C1", "ab", ("乙",)), Bureau("D1", "乙", ("丙",))
    names = UnitNames([called, named, coded])
    assert names.find("ab") is coded
    assert names.find("乙") is called
    assert {name for name, _ in names.clashes()} == {"ab", "乙"}


def test_a_name_as_written_goes_before_one_with_the_city_taken_off() -> None:
    bank, branch = Bureau("A1", "平顶山银行"), Bureau("B1", "市银行")
    names = UnitNames([branch, bank], city="平顶山")
    assert names.find("平顶山银行") is bank
    assert names.find("平顶山市银行") is branch


def test_the_same_name_written_twice_by_one_unit_is_no_clash() -> None:
    assert UnitNames([Bureau("A1", "税务局", ("税 务局", "a1"))]).clashes() == []


def test_a_slip_of_the_pen_suggests_the_unit_meant_first() -> None:
    assert NAMES.nearest("市发展改革局")[0] == FGW.name
    assert NAMES.nearest("税务局局")[0] == TAX.name
    assert NAMES.nearest("平顶山市税物局")[0] == TAX.name
    assert NAMES.nearest("SHUIW")[0] == TAX.name


def test_nothing_is_suggested_for_what_is_like_nothing() -> None:
    assert NAMES.nearest("qqqqq") == []
    assert NAMES.nearest(" ") == []
    assert UnitNames([]).nearest("市税务局") == []


WORD = st.text(st.sampled_from("市县委局改革税务ABab12（）、"), min_size=1, max_size=8)
UNITS = st.lists(
    st.builds(Bureau, st.from_regex(r"[A-Z][A-Z0-9]{1,4}", fullmatch=True), WORD, st.lists(WORD, max_size=3).map(tuple)), max_size=8
)


@given(UNITS)
def test_every_name_that_is_nobody_elses_finds_its_unit(units: list[Bureau]) -> None:
    names = UnitNames(units)
    shared = {name for name, _ in names.clashes()}
    for unit in units:
        for name in (unit.code, unit.name, *unit.aliases):
            if normalized(name) not in shared:
                assert names.find(name) is unit


@given(UNITS, st.text(st.sampled_from("市县委局改革税务AB12"), max_size=10))
def test_what_is_found_bears_the_name_but_for_the_carried_shi(units: list[Bureau], text: str) -> None:
    found = UnitNames(units).find(text)
    if found is not None:
        borne = {normalized(name) for name in (found.code, found.name, *found.aliases)}
        assert borne & {normalized(text), "市" + normalized(text), normalized(text).removeprefix("市")}


@given(UNITS, WORD, st.integers(0, 5))
def test_suggestions_are_few_and_names_of_the_list(units: list[Bureau], text: str, n: int) -> None:
    suggested = UnitNames(units).nearest(text, n)
    assert len(suggested) <= n
    assert not Counter(suggested) - Counter(unit.name for unit in units)


@given(st.text(st.sampled_from("市税务局AbＡ（(1１ 　\t"), max_size=12), st.data())
def test_blanks_width_and_case_do_not_distinguish_names(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert normalized(text[:at] + " " + text[at:]) == normalized(text) == normalized(text.upper()) == normalized(normalized(text))
    full = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert normalized(full) == normalized(text)


def test_a_former_name_still_finds_its_unit_unless_somebody_bears_it_now() -> None:
    renamed, other = Bureau("KJJ", "市科学技术局"), Bureau("GXJ", "市工信局")
    names = UnitNames([renamed, other], "", [("市科委", renamed), ("市工信局", renamed)])
    assert names.find("市科委") is renamed
    assert names.find("科委") is renamed
    assert names.find("市工信局") is other
