"""`zg workflow load`: checked, compared with the version in force, and put in force for new tickets only."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.app.shipped import workflow_files
from tests.cli.conftest import Zg

TEXT = next(path for path in workflow_files() if path.stem == "rectification").read_text(encoding="utf-8")


def written(*pairs: tuple[str, str], name: str = "new.yaml") -> str:
    """The shipped workflow with some texts replaced, as a file."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    Path(name).write_text(text, encoding="utf-8")
    return name


RENAMED = ("{zh: 待验收, en: to be verified}", "{zh: 等待验收, en: to be verified}")
LONGER = ("C: 5 working days, B: 15", "C: 6 working days, B: 15")


def test_a_loaded_version_is_in_force_for_new_tickets_and_those_under_way_keep_theirs(zg: Zg) -> None:
    old = zg.rectifying()
    pinned = zg.json("show", old)["definition"]
    done = zg.json("workflow", "load", written(RENAMED, LONGER))
    assert (done["name"], done["before"], done["changed"], done["dry_run"]) == ("rectification", pinned, True, False)
    assert zg.json("show", old)["definition"] == pinned
    new = zg.json("open", "窗口无人值守", "--source", "visit")
    assert new["definition"] == done["hash"] != pinned
    assert zg.json("workflow", "show", "rectification")["states"]["submitted"]["title"]["zh"] == "等待验收"
    assert zg("audit", "verify").exit_code == 0


def test_it_is_an_event_of_the_administration(zg: Zg) -> None:
    done = zg.json("workflow", "load", written(RENAMED))
    last = zg.lines("log", "--admin")[-1]
    assert last == done["event"]
    assert (last["kind"], last["actor"], last["data"]) == (
        "loaded", "office", {"what": "workflow", "name": "rectification", "hash": done["hash"], "source": "new.yaml"},
    )


def test_what_changes_is_told_piece_by_piece(zg: Zg) -> None:
    done = zg.json("workflow", "load", written(RENAMED, LONGER), "--dry-run")
    assert [(item["kind"], item["name"], item["change"], item["field"]) for item in done["differences"]] == [
        ("state", "submitted", "changed", "title"), ("clock", "rectify", "changed", "amount"),
    ]
    assert done["differences"][1]["from"]["C"] == "5 working days" and done["differences"][1]["to"]["C"] == "6 working days"


@pytest.mark.parametrize(("language", "expected"), [
    ("zh", "状态 submitted（等待验收），标题：待验收 → 等待验收"),
    ("en", "state submitted (to be verified), title: zh: 待验收, en: to be verified → zh: 等待验收, en: to be verified"),
])
def test_what_changes_is_told_in_words(zg: Zg, language: str, expected: str) -> None:
    assert expected in zg("--lang", language, "workflow", "load", written(RENAMED)).stdout


def test_guards_rungs_and_triggers_that_come_and_go_are_told_in_words(zg: Zg) -> None:
    written(("guards: [has-lead, ", "guards: ["), ("title: {zh: 催办, en: urging notice}", "title: {zh: 催告, en: urging notice}"))
    text = zg("workflow", "load", "new.yaml", "--dry-run").stdout
    assert "取消操作 assign（交办）的办理条件 has-lead" in text
    assert "节点表 unit的节点 urging（催告），标题：催办 → 催告" in text


def test_a_dry_run_shows_the_event_and_keeps_nothing(zg: Zg, shown: Callable[..., object]) -> None:
    before = zg.lines("log", "--admin")
    done = zg.json("workflow", "load", written(RENAMED), "--dry-run")
    assert done["dry_run"] is True and done["event"]["seq"] == len(before) + 2  # reading the log was an event too
    assert "启用流程 rectification（new.yaml）" in zg("workflow", "load", "new.yaml", "--dry-run").stdout
    assert zg.json("workflow", "show", "rectification")["states"]["submitted"]["title"]["zh"] == "待验收"
    assert [event["kind"] for event in zg.lines("log", "--admin")[len(before):]] == ["read"]


def test_the_version_in_force_changes_nothing_and_says_so(zg: Zg) -> None:
    zg("workflow", "load", written(RENAMED))
    events = len(zg.lines("log", "--admin"))
    done = zg.json("workflow", "load", "new.yaml")
    assert (done["changed"], done["event"], done["differences"], done["before"]) == (False, None, [], done["hash"])
    assert "没有变动" in zg("workflow", "load", "new.yaml").stdout
    assert len(zg.lines("log", "--admin")) == events + 1  # the reading of the log


def test_an_earlier_version_may_come_back(zg: Zg) -> None:
    first = zg.json("workflow", "load", written(RENAMED))["before"]
    assert zg.json("workflow", "load", written(name="old.yaml"))["hash"] == first
    assert [item["hash"] for item in zg.lines("workflow", "list") if item["name"] == "rectification"] == [first]


def test_a_workflow_of_a_new_name_is_added(zg: Zg) -> None:
    file = written(("workflow: rectification", "workflow: inspection"), name="inspection.yaml")
    assert "新流程 inspection" in zg("workflow", "load", file, "--dry-run").stdout
    done = zg.json("workflow", "load", file)
    assert (done["before"], done["differences"]) == (None, [])
    assert zg.json("open", "窗口无人值守", "--source", "visit", "--workflow", "inspection")["workflow"] == "inspection"


@pytest.mark.parametrize("account", ["市市场监管局", "leader"])
def test_only_who_administers_loads_and_nobody_else_learns_what_is_in_the_file(zg: Zg, account: str) -> None:
    Path("broken.yaml").write_text("workflow: [", encoding="utf-8")
    for file in (written(RENAMED), "broken.yaml", "absent.yaml"):
        assert zg.error("--as", account, "workflow", "load", file, code=4)["code"] == "not-permitted"
    assert zg("--as", "admin", "workflow", "load", "new.yaml").exit_code == 0


def test_every_mistake_is_told_with_its_line_and_nothing_changes(zg: Zg) -> None:
    before = zg.lines("workflow", "list")
    written(("to: verified", "to: verifyed"), ("guards: [has-lead", "guards: [has-leed"))
    result = zg("workflow", "load", "new.yaml", code=8)
    assert result.stdout == "" and "verifyed" in result.stderr and "has-leed" in result.stderr and "new.yaml:" in result.stderr
    assert zg.error("workflow", "load", "new.yaml", code=8)["code"] == "invalid-workflow"
    assert zg.lines("workflow", "list") == before


@pytest.mark.parametrize(("content", "told"), [
    (b"", "文件是空的"), (b"# nothing\n", "文件是空的"), (b"\x89PNG\r\n\x1a\n\xff\xfe", "UTF-8"), ("流程".encode("gb18030"), "UTF-8"),
    (b"workflow: 'x", "YAML"), (b"a: &x [1]\nb: [*x, *x]\n", "锚点"), (b"[" * 100_000, "嵌套"), (b"a: [" + b"1," * 60_000, "30000"),
    (b"x" * (256 * 1024 + 1), "256 KB"), (b"a: b\n---\nc: d\n", "YAML"), (b"!!python/object/apply:os.system ['id']\n", "键: 值"),
    (b"a: \x00", "YAML"),
])
def test_a_file_of_a_stranger_is_refused_in_words_and_nothing_changes(zg: Zg, content: bytes, told: str) -> None:
    before = zg.lines("workflow", "list")
    Path("strange.yaml").write_bytes(content)
    result = zg("workflow", "load", "strange.yaml", code=8)
    assert result.stdout == "" and told in result.stderr and "strange.yaml" in result.stderr
    assert zg.lines("workflow", "list") == before


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no device without end")
def test_a_device_without_end_ends(zg: Zg) -> None:
    assert "管道或设备" in zg("workflow", "load", "/dev/zero", code=2).stderr


def test_a_folder_and_a_file_that_is_not_there_are_no_workflow(zg: Zg) -> None:
    Path("folder").mkdir()
    assert zg.error("workflow", "load", "folder", code=8)["code"] == "invalid-file"
    assert zg.error("workflow", "load", "absent.yaml", code=8)["code"] == "invalid-file"


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX only")
def test_a_file_whose_name_is_no_text_is_loaded_all_the_same(zg: Zg) -> None:
    name = os.fsdecode(b"\xff.yaml")
    try:
        written(RENAMED, name=name)
    except OSError:
        pytest.skip("this file system takes only text for names")
    assert zg.json("workflow", "load", name)["event"]["data"]["source"] == "?.yaml"


def test_without_a_database_nothing_is_loaded(empty: Zg) -> None:
    assert empty.error("workflow", "load", written(RENAMED), code=3)["code"] == "no-database"
