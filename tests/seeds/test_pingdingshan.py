"""The seed against its source: every unit, every clause and every number of the document is in the data, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from engine.registry.plan_file import PlanError, load_plan
from engine.rules.plan import Group, Plan, Target, Unit
from engine.rules.unit_names import UnitNames
from engine.words.problem import problem_line

SEED = Path(__file__).resolve().parents[2] / "seeds" / "pingdingshan-2020"
SOURCE = re.sub(r"\s", "", (SEED / "source.txt").read_text(encoding="utf-8"))
PARTS = ("二、纵深推进", "三、开展优化营商环境核心指标攻坚", "四、组织实施")
NUMERALS = "一二三四五六七八九十"


@cache
def seed() -> Plan:
    return load_plan(SEED)


def target(number: str) -> Target:
    return next(target for target in seed().targets if target.id == number)


# -- reading the source -------------------------------------------------------------------------------------------------


def chinese(text: str) -> int:
    """一 to 十六."""
    tens, _, units = text.rpartition("十")
    return (10 if "十" in text else 0) * (NUMERALS.index(tens) + 1 if tens else 1) + (NUMERALS.index(units) + 1 if units else 0)


@cache
def paragraphs() -> dict[str, tuple[int, str]]:
    """Number of the measure -> where its paragraph begins in the source, and its text."""
    found = {}
    starts = [SOURCE.index(part) for part in PARTS] + [len(SOURCE)]
    for part, (start, end) in enumerate(pairwise(starts), 2):
        heads = list(re.finditer(rf"（([{NUMERALS}]+)）", SOURCE[start:end]))
        ends = [head.start() for head in heads[1:]] + [end - start]
        for head, stop in zip(heads, ends, strict=True):
            found[f"{part}.{chinese(head[1])}"] = (start + head.start(), SOURCE[start + head.start() : start + stop])
    return found


def clause(number: str) -> str:
    """The last （…） of the paragraph, which says who does it."""
    text = paragraphs()[number][1]
    text = text[: text.rindex("）")]
    depth, at = 1, len(text)
    while depth:
        at -= 1
        depth += {"）": 1, "（": -1}.get(text[at], 0)
    return text[at + 1 :]


def names_in(words: str) -> Iterator[tuple[str, str]]:
    """(role, name) of a clause, names as written but for the 市 or 市委 that the document carries over a list."""
    known = {plain_name for unit in (*seed().units, *seed().groups) for plain_name in (unit.name, *unit.aliases)}
    for part, role in re.findall(r"(.+?)(?:等部门|分别)?(牵头|配合|负责)(?:[，、]|$)", words):
        carried: tuple[str, ...] = ()
        for name in part.replace("县（市、区）", "县（市区）").split("、"):
            name = name.replace("县（市区）", "县（市、区）")
            if name.startswith("市委"):
                carried = ("市委", "市")
            elif re.match("市(?!场)", name):
                carried = ("市",)
            if not re.match("市(?!场)|各|平顶山|人民银行", name):
                name = next(prefix + name for prefix in carried if prefix + name in known)
            yield role, name


def bearer(name: str) -> Unit | Group:
    found = UnitNames([*seed().units, *seed().groups], seed().city).find(name)
    assert found is not None, name
    return found


# -- who ----------------------------------------------------------------------------------------------------------------


def test_the_paragraphs_of_the_source_are_the_measures() -> None:
    assert [measure.no for measure in seed().measures] == list(paragraphs())
    assert Counter(no[0] for no in paragraphs()) == {"2": 5, "3": 16, "4": 5}


def test_titles_and_clauses_are_the_documents_own() -> None:
    for measure in seed().measures:
        _, text = paragraphs()[measure.no]
        assert text.partition("）")[2].partition("。")[0] == measure.title
        assert measure.clause == clause(measure.no)


@pytest.mark.parametrize(("role", "field"), [("牵头", "leads"), ("配合", "cooperators"), ("负责", "responsible")])
def test_every_measure_has_exactly_the_units_of_its_clause_in_their_order(role: str, field: str) -> None:
    for measure in seed().measures:
        named = tuple(bearer(name).code for said, name in names_in(clause(measure.no)) if said == role)
        assert getattr(measure, field) == named, measure.no


def test_thirty_seven_units_and_four_groups_are_named_and_no_other_is_listed() -> None:
    named = [bearer(name) for no in paragraphs() for _, name in names_in(clause(no))]
    assert {one.code for one in named if isinstance(one, Unit)} == {unit.code for unit in seed().units if unit.kind != "county"}
    assert {one.code for one in named if isinstance(one, Group)} == {group.code for group in seed().groups}
    assert len({one.code for one in named if isinstance(one, Unit)}) == 37
    assert len(seed().groups) == 4


def test_units_stand_in_the_order_of_the_document() -> None:
    named = [bearer(name).code for no in paragraphs() for _, name in names_in(clause(no)) if isinstance(bearer(name), Unit)]
    assert list(dict.fromkeys(named)) == [unit.code for unit in seed().units if unit.kind != "county"]


def test_a_name_of_the_seed_is_the_documents_but_for_the_carried_shi() -> None:
    for unit in seed().units:
        if unit.kind != "county":
            carried = {unit.name, unit.name.removeprefix("市"), unit.name.removeprefix("市委")}
            assert unit.in_source and any(name in SOURCE for name in carried), unit.name


def test_seventeen_measures_name_a_lead_and_four_of_them_several() -> None:
    assert sum("牵头" in measure.clause.replace("牵头部门", "") for measure in seed().measures) == 17
    assert sum(bool(measure.leads) for measure in seed().measures) == 17
    assert [measure.no for measure in seed().measures if len(measure.leads) > 1] == ["3.4", "3.9", "3.15", "3.16"]
    assert [measure.no for measure in seed().measures if not measure.leads] == [
        "2.1", "2.5", "3.3", "3.6", "3.7", "4.1", "4.2", "4.4", "4.5",
    ]  # fmt: skip


def test_the_two_spellings_of_the_data_bureau_are_one_unit() -> None:
    assert "市政务服务和数据局" in SOURCE and "市政务服务和大数据局" in SOURCE
    bureau = bearer("市政务服务和数据局")
    assert bureau.name == "市政务服务和大数据局" and "市政务服务和数据局" in bureau.aliases


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市发改委", "市发展改革委"), ("发改委", "市发展改革委"), ("平顶山市发改委", "市发展改革委"), ("税务局", "市税务局"),
        ("银保监分局", "平顶山银保监分局"), ("人行", "人民银行平顶山市中心支行"), ("统战部", "市委统战部"), ("市中院", "市中级法院"),
        ("国网平顶山供电公司", "平顶山供电公司"), ("市监局", "市市场监管局"), ("市场监管局", "市市场监管局"), ("汝州", "汝州市人民政府"),
        ("高新区", "高新区管委会"), ("市有关单位", "市有关部门"), ("各县(市、区)", "各县（市、区）"),
    ],
)  # fmt: skip
def test_what_people_call_a_unit_finds_it(text: str, name: str) -> None:
    assert bearer(text).name == name


def test_relations_keep_the_court_the_party_and_the_vertical_units_from_orders() -> None:
    def of(relation: str) -> set[str]:
        return {unit.name for unit in seed().units if unit.relation == relation}

    assert {relation: of(relation) for relation in ("court", "vertical", "enterprise")} == {
        "court": {"市中级法院"},
        "vertical": {"市税务局", "平顶山银保监分局", "人民银行平顶山市中心支行"},
        "enterprise": {"平顶山供电公司", "市自来水公司", "市燃气公司", "市热力集团公司"},
    }
    assert of("party") == {unit.name for unit in seed().units if unit.name.startswith("市委")} | {"市工商联"}
    for unit in seed().units:
        assert (unit.rank_group is None) == (unit.relation in ("court", "party")), unit.name


def test_ten_counties_are_not_named_in_the_source_and_the_two_zones_are() -> None:
    counties = [unit for unit in seed().units if unit.kind == "county"]
    assert Counter(unit.in_source for unit in counties) == {False: 10, True: 2}
    for unit in counties:
        short = unit.name.removesuffix("人民政府").removesuffix("管委会")
        assert (short in SOURCE) == unit.in_source


def test_the_members_of_the_groups_follow_from_their_rules() -> None:
    def of(*relations: str) -> list[str]:
        return [unit.code for unit in seed().units if unit.relation in relations]

    members = {group.name: list(group.members) for group in seed().groups}
    indicators = {indicator.no for indicator in seed().indicators}
    leads = [lead for measure in seed().measures if measure.no in indicators for lead in measure.leads]
    assert members == {
        "各县（市、区）": of("county"),
        "市直各相关部门": of("subordinate"),
        "市有关部门": of("subordinate", "party", "vertical"),
        "各指标牵头部门": list(dict.fromkeys(leads)),
    }


def test_every_measure_of_part_three_is_an_indicator() -> None:
    assert [indicator.no for indicator in seed().indicators] == [f"3.{place}" for place in range(1, 17)]
    assert len({indicator.name for indicator in seed().indicators}) == 16


# -- how much -----------------------------------------------------------------------------------------------------------

NO_TARGETS = [
    (r"(2020|2017)年", "a year"),
    (r"年6月底前", "a month of a deadline"),
    (r"三年行动计划", "the name of a programme"),
    (r"一套业务标准|一个办理平台|一个库、一个平台", "one and the same"),
    (r"“一网、一门、一次、一窗”", "a slogan"),
    (r"“三个一”", "the name of a reform"),
    (r"12368热线", "a telephone number"),
    (r"10千伏", "a voltage"),
    (r"查封、查询、注销等7项", "how many kinds of business fall under one target (3.5-3)"),
]
"""Numbers of parts 二 and 三 that are nobody's target, and why."""

WRITTEN = {"一日办结": "1", "即时办结": "0"}
NUMBER = re.compile(
    r"[0-9]+(?:\.[0-9]+)?"
    r"|(?:一日|即时)办结"
    r"|[一二两三四五六七八九十百千万半]+(?=个|日|天|周|月|年|次|项|件|倍|成|套业务|分之)"
)


def numbers() -> Iterator[tuple[int, str]]:
    """Every number of parts 二 and 三, Arabic or Chinese, with its place; 每个, 一次性 and the like are no numbers."""
    start, end = SOURCE.index(PARTS[0]), SOURCE.index(PARTS[2])
    for match in NUMBER.finditer(SOURCE, start, end):
        yield match.start(), match[0]


def excepted(at: int) -> bool:
    return any(match.start() <= at < match.end() for pattern, _ in NO_TARGETS for match in re.finditer(pattern, SOURCE))


def covering(at: int) -> list[Target]:
    starts = [(SOURCE.index(target.words), target) for target in seed().targets]
    return [target for start, target in starts if start <= at < start + len(target.words)]


def test_every_number_of_parts_two_and_three_is_a_target_or_an_exception_with_a_reason() -> None:
    lost = [
        SOURCE[max(0, at - 15) : at + 15]
        for at, number in numbers()
        if not excepted(at) and WRITTEN.get(number, number) not in {target.value for target in covering(at)}
    ]
    assert lost == []


def test_every_exception_is_needed() -> None:
    places = [at for at, _ in numbers()]
    for pattern, reason in NO_TARGETS:
        spans = [match.span() for match in re.finditer(pattern, SOURCE)]
        assert any(start <= at < end for start, end in spans for at in places), reason


def test_part_four_and_the_preamble_set_no_numbers_but_years() -> None:
    for text in (SOURCE[: SOURCE.index(PARTS[0])], SOURCE[SOURCE.index(PARTS[2]) :]):
        assert re.findall(r"[0-9]+(?!年|[0-9]|—|号|〕)", text.replace("2018—2020年", "")) == []


def test_thirty_four_targets_come_from_thirty_numerals_and_two_written_words() -> None:
    counted = [(at, number) for at, number in numbers() if not excepted(at)]
    assert len(seed().targets) == 34
    assert sum(number in WRITTEN for _, number in counted) == 2
    assert sum(number not in WRITTEN for _, number in counted) == 30
    doubled = Counter((target.words, target.value) for target in seed().targets if "分别" not in target.words)
    assert sorted(words for (words, _), count in doubled.items() if count == 2) == [
        "10千伏配电线路停运率和故障率均下降15%", "纳税人年度纳税时间和纳税次数比上年压缩10%",
    ]  # fmt: skip
    assert max(doubled.values()) == 2


def test_the_words_of_a_target_stand_once_in_its_own_paragraph_and_hold_its_value_and_unit() -> None:
    for target in seed().targets:
        assert SOURCE.count(target.words) == 1, target.id
        assert target.words in paragraphs()[target.measure][1], target.id
        written = [word for word, value in WRITTEN.items() if word in target.words and value == target.value]
        assert written or re.search(rf"(?<![0-9.]){re.escape(target.value)}(?![0-9.])", target.words), target.id
        unit = "" if written else target.unit
        assert unit in target.words, target.id


def test_targets_are_numbered_without_gaps() -> None:
    numbered = Counter(target.measure for target in seed().targets)
    assert [target.id for target in seed().targets] == [f"{no}-{place}" for no in numbered for place in range(1, numbered[no] + 1)]
    indicators = {indicator.no for indicator in seed().indicators}
    assert sorted(indicators - set(numbered)) == ["3.10", "3.11", "3.14", "3.15", "3.16", "3.2", "3.7"]


@pytest.mark.parametrize(
    ("subjects", "values", "first"),
    [
        ("供水 供气 供热", "3 4 4", "3.4-5"),
        ("一类 二类 三类", "2 6 8", "3.8-4"),
        ("仲裁结案率 调解成功率", "90 60", "3.12-4"),
    ],
)
def test_respectively_gives_each_subject_its_own_number(subjects: str, values: str, first: str) -> None:
    measure, _, place = first.partition("-")
    for step, (subject, value) in enumerate(zip(subjects.split(), values.split(), strict=True)):
        one = target(f"{measure}-{int(place) + step}")
        assert subject in one.metric and one.value == value and "分别" in one.words
        assert re.findall(r"[0-9]+", one.words) == values.split()


def comparator_of(target: Target) -> str:
    """What the words around the number say: 以上 and 内 include it, 超过 does not (Civil Code, article 1259)."""
    if "左右" in target.words:
        return "~"
    if "超过" in target.words:
        return ">"
    if target.unit in ("工作日", "日"):
        return "<="
    return ">="


def test_comparators_say_what_the_words_say() -> None:
    assert {target.id: target.comparator for target in seed().targets} == {t.id: comparator_of(t) for t in seed().targets}
    assert Counter(target.comparator for target in seed().targets) == {"<=": 16, ">=": 16, ">": 1, "~": 1}


def deadline_of(target: Target) -> date:
    """The last date written before or in the words, inside the same sentence; else the end of the plan's year."""
    _, text = paragraphs()[target.measure]
    start = text.index(target.words)
    sentence = text[: start + len(target.words)].rpartition("。")[2] if "。" not in target.words else target.words
    june, december = sentence.rfind("6月底前"), sentence.rfind("2020年底前")
    return date(2020, 6, 30) if june > december else date(2020, 12, 31)


def test_deadlines_are_the_written_ones_or_the_end_of_the_year() -> None:
    assert {target.id: target.deadline for target in seed().targets} == {t.id: deadline_of(t) for t in seed().targets}
    assert {target.id for target in seed().targets if target.deadline.month == 6} == {"3.1-1", "3.5-1", "3.5-2", "3.5-3", "3.5-4"}


def test_only_what_is_encouraged_is_not_mandatory() -> None:
    assert [target.id for target in seed().targets if not target.mandatory] == ["3.5-5"]
    assert [target.id for target in seed().targets if "鼓励" in target.words] == ["3.5-5"]
    assert [target.id for target in seed().targets if target.comparator == "~"] == ["3.12-2"]


def test_scopes_are_the_written_ones() -> None:
    assert target("3.5-4").scope == "市本级" and "市本级" in target("3.5-4").words
    assert target("3.5-5").scope == "有条件的县（市）" and "有条件的县（市）" in target("3.5-5").words
    assert {target.scope for target in seed().targets if target.id not in ("3.5-4", "3.5-5")} == {"全市"}


def test_a_percentage_point_is_no_percentage_and_a_day_no_working_day() -> None:
    assert [target.id for target in seed().targets if target.unit == "百分点"] == ["3.6-1"]
    assert [target.id for target in seed().targets if target.unit == "日"] == ["3.1-1"]
    for one in seed().targets:
        assert (one.unit == "%") == (one.value + "%" in one.words)


def test_a_baseline_is_given_only_where_the_document_names_one() -> None:
    baselines = {target.id: target.baseline for target in seed().targets if target.baseline}
    assert baselines == {"2.3-1": "法定时限", "3.8-2": "上年", "3.8-3": "上年", "3.9-1": "2017年"}
    assert all(baseline in target(number).words for number, baseline in baselines.items())


def test_the_words_doubled_by_a_page_break_are_read_once() -> None:
    assert "5个工作日作日内" in SOURCE
    one = target("3.4-2")
    assert (one.comparator, one.value, one.unit) == ("<=", "5", "工作日")
    assert "作日作日" not in one.words


def test_where_several_lead_a_target_says_which_one_answers() -> None:
    assert {one.id: one.lead for one in seed().targets if one.measure == "3.4"} == {
        f"3.4-{place}": "GDGS" if place <= 4 else "CGJ" for place in range(1, 8)
    }


# -- the files ----------------------------------------------------------------------------------------------------------


def test_the_plan_survives_its_json() -> None:
    assert Plan.from_json(seed().to_json()) == seed()


def test_the_head_is_the_documents() -> None:
    assert f"《{seed().title}》" in SOURCE
    assert seed().number in SOURCE and f"{seed().city}市优化营商环境工作领导小组办公室" == seed().issuer
    assert f"{seed().issuer}文件" in SOURCE and str(seed().year) in seed().title


def copied(folder: Path, **changes: str | bytes | None) -> Path:
    for file in SEED.glob("*.yaml"):
        content = changes.get(file.stem, file.read_bytes())
        if content is not None:
            (folder / file.name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(PlanError) as caught:
        load_plan(folder)
    return tuple(problem_line(problem, "en") for problem in caught.value.problems)


def test_a_copied_seed_is_the_same_plan(tmp_path: Path) -> None:
    assert load_plan(copied(tmp_path)) == seed()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "targets.yaml: there is no such file or folder"),
        (b"targets: \xff", "targets.yaml: not UTF-8: byte 9"),
        ("", "targets.yaml: must be a table of sections"),
        ("- targets", "targets.yaml: must be a table of sections"),
        ("targets:\n  - id: 3.1-1\n    unit: %\n",
         "targets.yaml:3: not valid YAML: nothing begins with the sign at column 11; put the text between quotes"),
        ("targets:\n  - id: a\n    id: b\n", "targets.yaml:3: id is written twice"),
        ("targets:\n  - [a]: b\n", "targets.yaml:2: a key must be one word"),
        ("targets: !!python/name:os.system\n", "targets.yaml:1: not valid YAML from column 10 on"),
        ("targets: \0\n", "targets.yaml:1: not valid YAML: the character at column 10 may not be there (U+0000)"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_once_and_alone(tmp_path: Path, content: str | bytes | None, problem: str) -> None:
    found = problems(copied(tmp_path, targets=content))
    assert len(found) == 1
    assert re.sub(r'in ".*", position', 'in "<file>", position', found[0]) == problem


def test_every_problem_of_all_files_is_told_with_its_file(tmp_path: Path) -> None:
    units = (SEED / "units.yaml").read_text(encoding="utf-8").replace("kind: court", "kind: cort")
    measures = (SEED / "measures.yaml").read_text(encoding="utf-8").replace("leads: [CZJ]", "leads: [CJZ]")
    targets = (SEED / "targets.yaml").read_text(encoding="utf-8").replace('"2020-06-30"', "2020-06-31", 1) + "units: []\n"
    plan = (SEED / "plan.yaml").read_text(encoding="utf-8") + "  colour: red\n"
    assert sorted(problems(copied(tmp_path, units=units, measures=measures, targets=targets, plan=plan))) == [
        "measures.yaml: measures[3.13].leads: no unit CJZ",
        "plan.yaml: plan.colour: no such key",
        "targets.yaml: targets[3.1-1].deadline: 2020-06-31 does not exist",
        "targets.yaml: units: does not belong here",
        "units.yaml: units[ZJFY].kind: 'cort' is none of bureau party court county enterprise institution office association",
    ]


def test_numbers_dates_and_the_key_no_need_no_quotes(tmp_path: Path) -> None:
    bare = {
        name: re.sub(r'"([0-9][0-9.-]*)"', r"\1", (SEED / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("measures", "targets")
    }
    assert "no: 3.10\n" in bare["measures"]
    assert load_plan(copied(tmp_path, **bare)) == seed()
