"""Import in the browser: sent in, looked at, asked about, entered; what is sent in is its sender's alone and does not stay."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from engine.app.serving import open_record
from engine.desk import uploads
from engine.errors import NotFound
from tests.office.ledgers import csv, row
from tests.web.conftest import Browser, Office, actor_of, shown


def sent(browser: Browser, name: str, content: bytes, **texts: str) -> str:
    """The address where what was sent in is looked at."""
    return browser.post("/imports", files=[(name, content)], **texts)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_ledger_is_looked_at_asked_about_and_entered_once(office: Office, language: str) -> None:
    browser = office.browser("office", language)
    content = csv(row("1", due="2030年11月30日"), row("2", "办电慢", "市工商局"), row("3", ""))
    here = sent(browser, "台账.csv", content, kind="ledger", source="superior")
    page = browser.get(here)
    assert "台账.csv" in page and "answer.unit:市工商局" in page and "办电慢" in page
    assert "&#39;" not in shown(page), "what a column may be is escaped once"
    assert len(office.zg.lines("list", "--all")) == 3, "nothing is written by looking"
    path = here.partition("?")[0]
    told = {"kind": "ledger", "source": "superior", "answer.unit:市工商局": "市市场监管局"}
    assert "市工商局" in browser.post(f"{path}/preview", 200, **told)
    assert browser.client.post(f"{path}/annotated", data=told, headers=browser.heads).content[:2] == b"PK"
    browser.post(path, 200, **told)
    assert len(office.zg.lines("list", "--all")) == 5
    browser.post(path, 200, **told)
    assert len(office.zg.lines("list", "--all")) == 5, "the same once more is nothing"


def test_an_answer_that_is_none_is_told_at_its_question_and_everything_else_is_kept(office: Office) -> None:
    browser = office.browser("office")
    content = "编号,问题,责任单位,整改时限,问题类别\n1,办电慢,市工商局,11月30日,重大\n2,办水慢,市公安局,11月30日,\n".encode()
    path = sent(browser, "台账.csv", content, kind="ledger", source="visit").partition("?")[0]
    told = {"kind": "ledger", "source": "visit"}
    told |= {"answer.year": "今年吧", "answer.grade:重大": "B类", "answer.unit:市工商局": "市公积金中心"}
    for here in (f"{path}/preview", path):
        page = browser.post(here, 200 if here != path else 422, **told)
        assert "看不懂“今年吧”" in shown(page) and "看不懂“市公积金中心”" in shown(page) and "看不懂“B类”" not in shown(page)
        assert 'value="今年吧"' in page and 'value="市公积金中心"' in page and 'action="/imports/' in page
        assert '<option value="市市场监管局"></option>' in page and '<a href="#question-1">1</a>' in page
    assert len(office.zg.lines("list", "--all")) == 3
    again = browser.post(f"{path}/preview", 200, **{**told, "answer.year": "今年", "answer.unit:市工商局": "不是单位"})
    assert "看不懂" not in shown(again) and '<option value="running"' not in again
    browser.post(path, 200, **{**told, "answer.year": "2020年", "answer.unit:市工商局": "市市场监管局"})
    entered = office.zg.json("show", "4")
    assert (entered["grade"], entered["lead"]) == ("B", "SCJGJ")


def test_of_which_year_a_ledger_is_and_what_becomes_of_hidden_rows_is_said_on_the_page(office: Office) -> None:
    browser = office.browser("office")
    content = "2019年台账,,,\n编号,问题,责任单位,整改时限\n1,办电慢,市公安局,2020-12-30\n".encode()
    path = sent(browser, "台账.csv", content, kind="ledger", source="visit").partition("?")[0]
    about = {"kind": "ledger", "source": "visit"}
    assert 'name="answer.year"' in browser.post(f"{path}/preview", 200, **about)
    browser.post(path, 200, **{**about, "answer.year": "2020"})
    assert len(office.zg.lines("list", "--all")) == 4


def test_a_column_is_named_and_what_nothing_can_be_is_refused_with_the_words_kept(office: Office) -> None:
    browser = office.browser("office")
    path = sent(browser, "台账.csv", csv(row("1")), kind="ledger").partition("?")[0]
    assert "不是“列名=字段”" in shown(browser.post(f"{path}/preview", 422, **{"map.问题": "no-field"}))
    assert "还没有填：文件" in shown(browser.post("/imports", 422, kind="ledger", source="visit"))
    broken = sent(browser, "b.xlsx", b"PK\x03\x04 broken", kind="ledger")
    assert "b.xlsx" in shown(browser.get(broken, 422))


def test_results_of_a_round_are_entered_after_a_look(office: Office) -> None:
    office.zg("unit", "add", "JIA", "甲县", "--kind", "county", "--relation", "county")
    office.zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-09-20", "--subjects", "甲县", "--targets", "3.5-1")
    browser = office.browser("office")
    here = sent(browser, "r.csv", "指标,对象,数值\n3.5-1,甲县,7.2\n".encode(), kind="results", round="1")
    look = browser.get(here)
    assert "新发现 1" in shown(look) and "将新发现或拟重新整改 1 件。" in shown(look) and 'name="confirm"' not in look
    assert office.zg.json("evaluate", "show", "1")["pairs"] == []
    assert "已写入 R-2020-01" in shown(browser.post(here.partition("?")[0], 200, kind="results", round="1"))
    assert office.zg.json("evaluate", "show", "1")["pairs"][0]["value"] == "7.2"


def test_rows_that_cannot_be_used_are_named_by_their_rows(office: Office) -> None:
    office.zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-09-20", "--targets", "3.5-1")
    browser, about = office.browser("office"), {"kind": "results", "round": "1"}
    path = sent(browser, "r.csv", "指标,对象,数值\n9.9,全市,1\n".encode(), **about).partition("?")[0]
    told = shown(browser.post(path, 422, **about))
    assert "第2行：" in told and ":2" not in told


def test_whom_a_name_means_that_is_like_a_known_one_is_said_on_the_page(office: Office) -> None:
    office.zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-09-20", "--targets", "3.5-1")
    browser, about = office.browser("office"), {"kind": "results", "round": "1"}
    here = sent(browser, "r.csv", "指标,对象,数值\n3.5-1,宝丰线,1\n9.9,宝丰线,1\n".encode(), **about)
    path = here.partition("?")[0]
    asked = browser.get(here)
    assert 'name="subject.宝丰线"' in asked and 'value="宝丰县人民政府"' in asked and "9.9" in asked, "of no row is it known whose it is"
    assert 'name="subject.宝丰线"' in browser.post(path, 422, **about), "nothing of it can be entered"
    said = {**about, "subject.宝丰线": "宝丰县人民政府"}
    again = browser.post(f"{path}/preview", 200, **said)
    assert 'name="subject.宝丰线" type="text" value="宝丰县人民政府"' in again, "it is kept until it is entered"
    assert "已写入" in shown(browser.post(path, 200, **said))
    assert [pair["subject"] for pair in office.zg.json("evaluate", "show", "1")["pairs"]] == ["BFX"]


def test_results_are_corrected_after_a_look_with_a_reason(office: Office) -> None:
    office.zg("unit", "add", "JIA", "甲县", "--kind", "county", "--relation", "county")
    office.zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-09-20", "--subjects", "甲县", "--targets", "3.5-1")
    browser, about = office.browser("office"), {"kind": "results", "round": "1"}
    browser.post(sent(browser, "r.csv", "指标,对象,数值\n3.5-1,甲县,7.2\n".encode(), **about).partition("?")[0], 200, **about)
    about["kind"] = "correction"
    here = sent(browser, "r2.csv", "指标,对象,数值\n3.5-1,甲县,1\n".encode(), **about)
    path = here.partition("?")[0]
    assert "达标结论有变化" in shown(browser.get(here))
    assert "撤销" in shown(browser.post(f"{path}/preview", 200, material="yes", **about))
    browser.post(path, 422, material="yes", **about)
    assert office.zg.json("show", "4")["state"] == "found", "nothing is corrected without a reason"
    browser.post(path, 200, material="yes", reason="县里报错", **about)
    assert office.zg.json("show", "4")["state"] == "withdrawn"


def test_findings_are_entered_from_a_sheet_with_photos_beside_it(office: Office) -> None:
    office.zg("visit", "new", "--on", "2020-09-24", "--place", "大厅")
    browser = office.browser("office")
    picture = Path("docs/pictures/board.png").read_bytes()
    parts = [("file", ("清单.csv", "问题,照片\n窗口无人,a.png\n".encode())), ("file", ("../a.png", picture))]
    about = {"kind": "findings", "visit": "1"}
    answer = browser.client.post("/imports", data=about, files=parts, headers=browser.heads, follow_redirects=False)
    here = answer.headers["location"]
    assert "新问题 1 个" in shown(browser.get(here)) and "a.png" in shown(browser.get(here))
    browser.post(here.partition("?")[0], 200, kind="findings", visit="1")
    assert office.zg.json("show", "4")["title"] == "窗口无人"


@pytest.mark.parametrize(("kind", "told"), [("results", "哪个评价轮次"), ("correction", "哪个评价轮次"), ("findings", "哪次督查检查")])
def test_what_belongs_to_a_round_or_a_visit_says_that_none_was_named(office: Office, kind: str, told: str) -> None:
    browser = office.browser("office")
    assert told in shown(browser.get(sent(browser, "r.csv", "问题\n窗口无人\n".encode(), kind=kind), 422))


def test_files_that_come_under_one_name_are_all_kept(office: Office, tmp_path: Path) -> None:
    with open_record(office.settings) as record:
        sent = [(tmp_path / str(place), name) for place, name in enumerate(("a/窗口.jpg", "b\\窗口.jpg", "窗口.jpg.", "窗口", "窗口"))]
        for path, _ in sent:
            path.write_text(path.name)
        files = uploads.keep(record.database, actor_of("office"), sent).files
    assert {file.name: file.read_text() for file in files} == {
        "窗口.jpg": "0", "窗口-2.jpg": "1", "窗口-3.jpg": "2", "窗口": "3", "窗口-2": "4",
    }


def test_what_is_sent_in_is_its_senders_alone_bounded_and_gone_after_a_day(office: Office, tmp_path: Path) -> None:
    office.zg("--as", "admin", "user", "add", "second", "--role", "supervisor", "--title", "另一人")
    first = sent(office.browser("office"), "a.csv", csv(row("1")), kind="ledger")
    assert "上传的文件已经不在了" in shown(office.browser("second").get(first, 404))
    with open_record(office.settings) as record:
        def keep(name: str) -> uploads.Upload:
            path = tmp_path / "in"
            path.write_bytes(b"x")
            return uploads.keep(record.database, actor_of("office"), [(path, name)])

        made = [keep(f"{place}.csv") for place in range(uploads.MOST)]
        with pytest.raises(NotFound):
            uploads.kept(record.database, actor_of("office"), first.split("/")[2].partition("?")[0])
        assert [file.name for file in keep("../../etc/x\x00y.csv").files] == ["xy.csv"]
        old = time.time() - uploads.KEPT_SECONDS - 10
        os.utime(made[-1].folder, (old, old))
        with pytest.raises(NotFound):
            uploads.kept(record.database, actor_of("office"), made[-1].token)
        keep("new.csv")
        assert not made[-1].folder.exists()
    office.browser("scjgj").get("/imports", 403)


def test_a_preview_speaks_the_readers_language_of_limits_of_choices_and_of_what_was_answered(office: Office) -> None:
    content = "编号,问题,责任单位,整改时限,状态\n1,办电慢,市工商局,15个工作日,\n2,办水慢,市公安局,2020-12-01,说不清\n".encode()
    for language, limit, asked, choice in (
        ("zh-CN", "15个工作日", "“市工商局”是哪个单位", "已整改，待验收"),
        ("en", "15 working days", "which unit is “市工商局”?", "mended, to be verified"),
    ):
        browser = office.browser("office", language)
        path = sent(browser, "台账.csv", content, kind="ledger", source="visit").partition("?")[0]
        told = shown(browser.post(f"{path}/preview", 200, **{"kind": "ledger", "source": "visit", "answer.unit:市工商局": "市市场监管局"}))
        assert limit in told and asked.casefold() in told.casefold() and choice in told and "unit:市工商局" not in told, told
