"""Earlier findings by number, as people type them and as sheets name them; what goes out comes in with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Zg


@pytest.fixture
def opened(zg: Zg) -> list[str]:
    return [zg.json("open", f"问题 {place}", "--source", "superior")["number"] for place in range(3)]


def links(zg: Zg, number: str) -> list[tuple[str, str]]:
    return [(link["relation"], link["number"]) for link in zg.json("show", number)["links"]]


def test_a_finding_names_earlier_ones_when_it_is_opened_and_later(zg: Zg, opened: list[str]) -> None:
    new = zg.json("open", "又出现", "--source", "superior", "--repeats", "1、2")
    assert new["repeats"] == opened[:2]
    assert zg.json("link", "4", "--repeats", "3")["repeats"] == opened
    assert zg.json("unlink", "4", "--repeats", "1", "--reason", "记错了")["repeats"] == opened[1:]
    assert links(zg, "4") == [("repeats", opened[1]), ("repeats", opened[2])]
    assert links(zg, opened[1]) == [("repeated-by", new["number"])] and links(zg, opened[0]) == []
    assert zg.json("list", "--text", "又出现")["repeats"] == opened[1:]
    shown = zg("--lang", "zh", "show", "4").stdout
    assert "此前编号" in shown and "此后反复" in zg("--lang", "zh", "show", "2").stdout
    assert f"反复，此前为 {opened[0]}" in zg("--lang", "zh", "log", "4").stdout
    zg("audit", "verify")


def test_links_are_of_one_kind_and_to_another_ticket(zg: Zg, opened: list[str]) -> None:
    assert zg.error("link", "1", code=2)["code"] == "usage-link"
    assert zg.error("link", "1", "--repeats", "2", "--duplicate-of", "3", code=2)["code"] == "usage-link"
    assert zg.error("link", "1", "--repeats", "1", code=5)["reasons"][0]["code"] == "repeats-itself"
    assert zg.error("open", "x", "--source", "superior", "--repeats", "77", code=3)["code"] == "ticket-not-found"
    zg("link", "3", "--repeats", "2")
    zg("link", "2", "--repeats", "1")
    for first, last in (("2", "3"), ("1", "3"), ("1", "2")):
        assert zg.error("link", first, "--repeats", last, code=5)["reasons"][0]["code"] == "repeats-in-circle", "of any length"


def test_a_sheet_that_assigns_names_them_too_and_never_takes_an_earlier_number_for_the_ticket(
    zg: Zg, opened: list[str], tmp_path: Path,
) -> None:
    path = tmp_path / "清单.csv"
    path.write_text(f"上次编号,编号,问题描述,牵头单位\n{opened[0]},{opened[2]},又出现,市公安局\n", encoding="utf-8")
    zg("assign", "--from", str(path), "--doc", "平3号", "--dry-run")
    assert links(zg, opened[2]) == []
    [done] = zg.lines("assign", "--from", str(path), "--doc", "平3号")
    assert (done["number"], links(zg, opened[2])) == (opened[2], [("repeats", opened[0])])
    count = len(zg.lines("log", opened[2]))
    zg("assign", "--from", str(path), "--doc", "平3号")
    assert len(zg.lines("log", opened[2])) == count, "the same sheet again says nothing new"
    path.write_text(f"上次编号,编号,问题描述,牵头单位\nZG-2018-0001,{opened[1]},x,市公安局\n", encoding="utf-8")
    assert "ZG-2018-0001" in zg("assign", "--from", str(path), "--doc", "平3号", code=8).stderr
    assert zg.json("show", opened[1])["state"] == "found"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_went_out_with_earlier_numbers_comes_in_as_the_same(
    zg: Zg, opened: list[str], office_template: Path, tmp_path: Path, language: str,
) -> None:
    zg("open", "又出现", "--source", "superior", "--repeats", "1、3")
    out, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    zg("--lang", language, "export", str(out), "--all")
    found = zg.json("import", str(out), "--commit")
    assert {row["action"] for row in found["rows"]} == {"same"} and found["problems"] == [], found
    other = Zg(f"sqlite:///{tmp_path / 'other.db'}")
    (tmp_path / "other.db").write_bytes(office_template.read_bytes())
    assert other.json("import", str(out), "--commit")["written"] == 4
    other("export", str(again), "--all")
    numbers = {ticket["title"]: ticket["number"] for ticket in other.lines("list")}
    repeating = next(ticket for ticket in other.lines("list") if ticket["title"] == "又出现")
    assert repeating["repeats"] == [numbers["问题 0"], numbers["问题 2"]], "by the numbers that they have here"
    assert other.json("import", str(out), "--commit")["written"] == 0


def test_a_number_that_is_not_found_is_told_in_words_or_waived_for_a_reason(zg: Zg, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("序号,问题描述,责任单位,整改时限,整改情况,上次编号\n1,办电慢,市公安局,2020年11月30日,整改中,99\n", encoding="utf-8")
    assert "没有编号为 99 的此前问题" in zg("--lang", "zh", "import", str(path)).stdout
    assert "no earlier finding 99" in zg("--lang", "en", "import", str(path)).stdout
    done = zg.json("import", str(path), "--commit", "--waive", "上级未附清单")
    assert (done["written"], done["problems"][0]["holds"]) == (1, False)
    assert "上级未附清单" in zg("--lang", "zh", "log", "1").stdout
    assert zg.json("import", str(path), "--commit")["written"] == 0
    zg("import", str(path), "--commit", "--waive", " ", code=5)
