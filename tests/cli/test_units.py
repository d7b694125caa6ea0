"""`zg unit` and the administration's log, as people and programs meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from tests.cli.conftest import Zg

Shown = Callable[..., Result]
BASIS = ("--basis", "市编办〔2020〕12号")
ADD = (
    "unit", "add", "dsjj", "市大数据管理局", "--kind", "bureau", "--relation", "subordinate", "--alias", "数据局", "--parent", "市发改委",
)
SINCE = ("--from", "2020-09-01", *BASIS)


def renamed(zg: Zg) -> None:
    zg("assign", zg.opened(), "--lead", "市科技局")
    zg("clock", "set", "2020-09-28T09:00")
    zg("unit", "rename", "市科技局", "--to", "市科学技术和外国专家局", "--from", "2020-09-28", *BASIS)
    zg("--as", "市科技局", "accept", "1")


def test_a_unit_is_added_and_shown(zg: Zg, shown: Shown) -> None:
    node = zg.json(*ADD)
    assert (node["code"], node["name"], node["aliases"], node["parent"]) == ("DSJJ", "市大数据管理局", ["数据局"], "FGW")
    text = shown("unit", "show", "数据局").stdout
    assert "市大数据管理局" in text and "市发展改革委" in text and "市政府部门" in text
    assert zg("unit", "show", "DSJJ").stdout.splitlines()[0] == "代码\tDSJJ"


def test_a_log_shows_the_names_of_its_time(zg: Zg, shown: Shown) -> None:
    renamed(zg)
    text = shown("log", "1").stdout
    assert "牵头单位：市科技局\n" in text
    assert "市科学技术和外国专家局联络员" in text
    assert "市科技局" in shown("show", "1", "--at", "2020-09-25T10:00").stdout
    assert "市科学技术和外国专家局" in shown("show", "1").stdout
    assert "市科技局（2020-09-28 以前）" in shown("unit", "show", "KJJ").stdout


def test_a_merger_is_rehearsed_then_hands_over_and_the_log_says_on_what_basis(zg: Zg, shown: Shown) -> None:
    zg("assign", zg.opened(), "--lead", "市工信局", "--with", "市税务局")
    words = ("unit", "merge", "市工信局", "--into", "市科技局", "--from", "2020-09-20", *BASIS)
    measures = [item["no"] for item in zg.json("plan")["measures"] if "GXJ" in item["leads"] + item["cooperators"] + item["responsible"]]
    assert zg.json(*words, "--dry-run") == {
        "unit": "GXJ", "into": "KJJ", "tickets": ["ZG-2020-0001"], "accounts_followed": [], "accounts_left": ["gxj", "gxj-head"],
        "measures": measures, "dry_run": True,
    }
    assert zg.json("show", "1")["lead"] == "GXJ"
    result = shown(*words, "--with-accounts")
    assert measures and f"{len(measures)} 项工作任务仍写着它：{measures[0]}" in result.stderr
    assert "ZG-2020-0001" in result.stdout and "gxj" in result.stderr and "gxj-head" in result.stderr
    assert zg.json("show", "1")["lead"] == "KJJ"
    assert zg("--as", "gxj", "show", "1").stdout.startswith("编号\tZG-2020-0001\n")
    assert "移交" in shown("log", "1").stdout and "市工业和信息化局 → 市科技局" in shown("log", "1").stdout
    assert "市编办〔2020〕12号" in shown("log", "--admin").stdout
    assert "合并" not in zg("unit", "list").stdout
    assert zg("unit", "list", "--ended").stdout.startswith("GXJ\t市工业和信息化局")
    assert zg(*words).stdout == ""
    zg("audit", "verify")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whoever_is_gone_is_named_with_the_successor(zg: Zg, language: str) -> None:
    zg("unit", "merge", "市工信局", "--into", "市科技局", "--from", "2020-09-20", *BASIS)
    error = zg("--lang", language, "open", "x", "--source", "visit", "--lead", "市工信局", code=3).stderr
    assert error.count("市科技局") == 2 and "2020-09-20" in error
    assert zg("list", "--unit", "市工信局").stdout == ""
    zg("unit", "end", "市商务局", "--from", "2020-09-20", *BASIS)
    assert "—" not in zg("--lang", language, "open", "x", "--source", "visit", "--lead", "市商务局", code=3).stderr


@pytest.mark.parametrize(("words", "code"), [
    (("rename", "市科技局", "--to", "市公安局", *SINCE), 5),
    (("rename", "市科技局", "--to", "市科技局", *SINCE), 5),
    (("rename", "市科技局", "--to", "x", "--from", "2020-09-26", *BASIS), 5),
    (("rename", "市科技局", "--to", "x", "--from", "前前天", *BASIS), 2), (("rename", "市科技局", "--to", "x", *BASIS), 2),
    (("rename", "没有的局", "--to", "x", *SINCE), 3), (("end", "市公安局", *SINCE), 5),
    (("merge", "市公安局", "--into", "各县（市、区）", *SINCE), 5),
    (("merge", "市公安局", "--into", "市公安局", *SINCE), 5), (("show", "没有的局"), 3),
    (("add", "FGW", "x", "--kind", "bureau", "--relation", "court"), 5), (("add", "甲", "x", "--kind", "bureau", "--relation", "court"), 5),
    (("add", "X", "x", "--kind", "shop", "--relation", "court"), 2), (("add", "X", "x\x07", "--kind", "bureau", "--relation", "court"), 5),
])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_is_three_lines_and_changes_nothing(zg: Zg, words: tuple[str, ...], code: int, language: str) -> None:
    zg("assign", zg.opened(), "--lead", "市公安局")
    before = [event for event in zg.lines("log", "--admin") if event["kind"] != "read"]
    result = zg("--lang", language, "unit", *words, code=code)
    assert result.stdout == "" and 3 <= len(result.stderr.splitlines()) <= 4
    assert [event for event in zg.lines("log", "--admin") if event["kind"] != "read"] == before


@pytest.mark.parametrize("actor", ["市科技局", "kjj-head", "leader", "auditor"])
def test_only_the_office_and_the_administrator_change_units(zg: Zg, actor: str) -> None:
    for words in (
        ADD[1:], ("rename", "市科技局", "--to", "x", *SINCE), ("merge", "市工信局", "--into", "市科技局", *SINCE),
        ("end", "市科技局", *SINCE),
    ):
        zg("--as", actor, "unit", *words, code=4)
    assert zg("unit", "list", "--ended").stdout == ""


@pytest.mark.parametrize(("actor", "code"), [("office", 0), ("admin", 0), ("auditor", 0), ("leader", 4), ("市科技局", 4), ("watch", 4)])
def test_who_reads_the_administration(zg: Zg, actor: str, code: int) -> None:
    zg("--as", actor, "log", "--admin", code=code)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_of_the_administration_reads_as_a_sentence(zg: Zg, shown: Shown, language: str) -> None:
    renamed(zg)
    zg(*ADD)
    zg("unit", "merge", "市工信局", "--into", "市科技局", "--from", "2020-09-28", *BASIS, "--with-accounts")
    zg("unit", "end", "市商务局", "--from", "2020-09-28", *BASIS)
    text = shown("--lang", language, "log", "--admin").stdout
    assert "=" not in text and "entry." not in text
    assert "市科技局 → 市科学技术和外国专家局" in text
    rows = [line.split("\t") for line in zg("--lang", language, "log", "--admin").stdout.splitlines()]
    assert all(len(row) == 6 and row[4] for row in rows)


def test_every_entry_that_the_program_writes_has_a_sentence() -> None:
    """What is written to stream 0, found in the source: by `what`, by the setting, or by the kind."""
    import ast

    from engine import words
    from tests.cli.test_words import calls, constant

    found = set()
    for name, place in (("_note", 2), ("administer", 4)):
        for call, _ in calls(name):
            if len(call.args) <= place:
                continue
            kind, node = constant(call.args[1]), call.args[place]
            if kind is None or not isinstance(node, ast.Dict):
                continue
            said = {constant(key): value for key, value in zip(node.keys, node.values, strict=True)}
            what, first = constant(said.get("what")), next(iter(said), None)
            if what is None and "what" in said:
                continue  # it is given by whoever calls: `read_whole`, below
            if first is not None and (what is not None or "name" not in said):  # a setting has its name from a constant of its room
                found.add(f"entry.{what}" if what else f"entry.set.{first}" if kind == "set" else f"entry.{kind}")
    found |= {f"entry.{what}" for call, _ in calls("read_whole") if (what := constant(call.args[1])) is not None}
    found |= {"entry.restore", "entry.restore-unverified"}  # which of both is known when it was read
    assert len(found) >= 18 and {"entry.backup", "entry.rebuild"} <= found
    assert sorted(code for code in found if not words.has(code, "zh")) == []


def test_a_successor_reads_what_was_done_before_it_and_nothing_from_before_it_was_assigned(zg: Zg) -> None:
    zg("assign", zg.opened(), "--lead", "市工信局")
    zg("--as", "市工信局", "accept", "1")
    zg("clock", "set", "2020-09-27T09:00")
    zg("unit", "merge", "市工信局", "--into", "市科技局", "--from", "2020-09-27", *BASIS)
    kinds = [(event["kind"], event["data"].get("trigger")) for event in zg.lines("--as", "市科技局", "log", "1")]
    assert kinds == [("did", "assign"), ("did", "accept"), ("handed-over", None)]
    assert zg.json("--as", "市科技局", "show", "1", "--at", "2020-09-25T10:00")["lead"] == "GXJ"
    assert zg.lines("--as", "市税务局", "list") == []


def test_an_account_called_after_its_unit_is_called_after_its_new_name(zg: Zg, shown: Shown) -> None:
    renamed(zg)
    assert zg.json("user", "show", "kjj")["title"] == "市科学技术和外国专家局联络员"
    assert "签收  市科学技术和外国专家局联络员" in shown("log", "1").stdout


def test_ending_a_unit_says_who_is_left_in_it_and_which_measures_name_it(zg: Zg, shown: Shown) -> None:
    node = zg.json("unit", "end", "市工信局", "--from", "2020-09-01", "--basis", "机构改革", "--dry-run")
    assert node["accounts_left"] == ["gxj", "gxj-head"] and node["measures"]
    told = shown("unit", "end", "市工信局", "--from", "2020-09-01", "--basis", "机构改革").stderr
    assert f"{len(node['measures'])} 项工作任务" in told and node["measures"][0] in told
