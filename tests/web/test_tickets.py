"""A ticket by its page: read, accepted, worked on, submitted with evidence, verified; refusals and conflicts keep the words."""

from __future__ import annotations

import hashlib
import re

import pytest

from tests.web.conftest import Office, shown

PDF = b"%PDF-1.7 proof"
TICKET = "/tickets/ZG-2020-0001"


def version_of(html: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found is not None
    return found[1]


def test_the_page_of_a_ticket_tells_its_problem_its_clock_and_what_may_be_done(read_office: Office) -> None:
    text = shown(read_office.browser("scjgj").get("/tickets/1"))
    for part in ("企业开办材料重复提交", "同一份住所证明", "市市场监管局", "时限与计算", "签收", "办理过程", "交办"):
        assert part in text
    assert re.search(r"#2 · [0-9a-f]{8}", text), "events have the beginning of their hash"


def test_the_page_of_a_ticket_names_who_answers_for_it_from_the_leader_to_the_contact(office: Office) -> None:
    office.zg("--as", "admin", "user", "portfolio", "leader", "--unit", "市市场监管局")
    chain = "责任链 分管市领导 → 市市场监管局负责人 → 市市场监管局联络员"
    for seat in ("office", "scjgj"):
        assert chain in shown(office.browser(seat).get("/tickets/1"))
    assert "责任链" not in shown(office.browser("office").get("/tickets/2"))
    office.zg("assign", "2", "--lead", "市税务局", "--leader", "leader")
    assert "责任链 分管市领导" in shown(office.browser("office").get("/tickets/2"))


@pytest.mark.parametrize("form", ["/tickets/new", "/visits/{visit}/finding", "/onsite"])
def test_a_form_of_a_new_ticket_offers_the_grades_of_its_workflow(office: Office, form: str) -> None:
    visit = office.zg.json("visit", "new", "--on", "2020-09-24", "--place", "乙区政务大厅")["number"]
    browser, to = office.browser("office"), form.format(visit=visit)
    offered = browser.get(to).partition('name="grade"')[2].partition("</select>")[0]
    assert re.findall(r'value="(\w*)"', offered)[:4] == ["", "A", "B", "C"] and "不限" not in offered
    browser.post(to, title="窗口无人值守", source="visit", visit=str(visit), grade="A")
    assert "窗口无人值守" in office.zg("list", "--grade", "A").stdout


def test_a_new_ticket_takes_files_by_its_form_and_by_the_api(office: Office) -> None:
    browser = office.browser("office")
    assert 'type="file"' in browser.get("/tickets/new")
    way = browser.post("/tickets/new", title="窗口无人值守", source="complaint", files=[("来信.pdf", PDF)])
    assert "来信.pdf" in browser.get(way)
    made = browser.client.post(
        "/api/v1/tickets", data={"title": "评价器停用", "source": "complaint"}, files=[("file", ("来信.pdf", PDF))], headers=browser.heads,
    )
    assert made.status_code == 201, made.text
    assert [file["name"] for file in office.zg.json("show", made.json()["ticket"]["number"])["files"]] == ["来信.pdf"]


def test_what_stands_against_an_act_is_told_beside_the_others(read_office: Office) -> None:
    text = shown(read_office.browser("shuiwj").get("/tickets/3"))
    assert "暂时不能办的" in text and "申请销号" in text
    advice = "请配合单位在事项页面上确认"
    assert advice in text and advice in shown(read_office.browser("shuiwj").get("/tickets/3/submit"))


def test_a_department_accepts_and_submits_with_evidence_and_the_office_verifies(office: Office) -> None:
    department, supervisor = office.browser("scjgj"), office.browser("office")
    way = department.post(f"{TICKET}/accept", note="收到")
    assert way.startswith(f"{TICKET}?done=") and "#event-" in way
    assert "已办：签收" in shown(department.get(way))
    page = department.get(f"{TICKET}/submit")
    note = "五张表合并为一张\r\n窗口已按新表受理"
    way = department.post(f"{TICKET}/submit", files=[("记录.pdf", PDF)], version=version_of(page), note=note)
    html = department.get(way)
    digest = hashlib.sha256(PDF).hexdigest()
    assert "记录.pdf" in html and f"/files/ZG-2020-0001/{digest}" in html and "五张表合并为一张\n窗口已按新表受理" in html
    answer = supervisor.client.get(f"/files/ZG-2020-0001/{digest}", headers=supervisor.heads)
    assert answer.content == PDF and answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["content-disposition"].startswith("attachment;") and answer.headers["content-type"] == "application/octet-stream"
    offered = re.findall(r'class="(btn[^"]*)" href="/tickets/ZG-2020-0001/([a-z-]+)"', supervisor.get(TICKET))
    assert offered[:2] == [("btn btn-primary", "verify"), ("btn", "reject")], "the answer that goes on is the likelier one"
    page = supervisor.get(f"{TICKET}/verify")
    supervisor.post(f"{TICKET}/verify", version=version_of(page), note="现场核验通过")
    assert "btn-primary" not in supervisor.get(TICKET).partition('id="next"')[2].partition("</section>")[0], "nothing waits any more"
    assert office.zg.json("show", "1")["closed_as"] == "verified"
    assert office.zg("audit", "verify").exit_code == 0


def test_the_actor_of_an_act_came_by_the_web(office: Office) -> None:
    office.browser("scjgj").post(f"{TICKET}/accept")
    assert office.zg.lines("log", "1")[-1]["via"] == "web"


def test_a_form_that_is_refused_says_every_reason_and_keeps_the_words(office: Office) -> None:
    browser = office.browser("shuiwj")
    seen = version_of(browser.get("/tickets/3/submit"))
    html = browser.post("/tickets/3/submit", code=422, version=seen, note="已经改好了<script>")
    text = shown(html)
    assert "已经改好了<script>" in text and "<script>" not in html
    assert "role=\"alert\"" in html and "公安" in text


@pytest.mark.parametrize(("trigger", "texts", "told"), [
    ("assign", {"lead": "没有这个单位"}, "没有这个单位"), ("assign", {"lead": "市税务局", "due": "2020-13-45"}, "2020-13-45"),
    ("assign", {}, "牵头"), ("assign", {"lead": "市税务局", "due": "5wk"}, "5个工作日、3天"),
])
def test_what_cannot_be_read_is_told_in_the_form(office: Office, trigger: str, texts: dict[str, str], told: str) -> None:
    code = 422 if "lead" not in texts or "due" in texts else 404
    html = office.browser("office").post(f"/tickets/2/{trigger}", code=code, **texts, note="按周五会议纪要办")
    assert told in shown(html) and 'role="alert"' in html and "按周五会议纪要办" in shown(html), "with every word that was typed"


def test_the_name_of_a_file_that_is_not_taken_is_called_so(office: Office) -> None:
    told = shown(office.browser("scjgj").post("/tickets/1/progress", 422, files=[("a\u202egnp.png", PDF)], note="照片"))
    assert "“文件名”里有看不见的字符（U+202E）" in told and "file-" not in told


def test_whoever_was_slower_reads_what_happened_since_and_keeps_the_words(office: Office) -> None:
    mine, other = office.browser("office"), office.browser("office")
    page = mine.get("/tickets/1/comment")
    office.zg("--as", "市市场监管局", "accept", "1")
    office.zg("--as", "市市场监管局", "submit", "1", "--note", "改好了")
    seen = version_of(other.get("/tickets/1/reject"))
    office.zg("comment", "1", "--note", "先等一等")
    html = other.post("/tickets/1/reject", code=409, version=seen, reason="县区窗口仍收纸质证明")
    text = shown(html)
    assert "先等一等" in text and "县区窗口仍收纸质证明" in text and "您填写期间发生的变化" in text
    assert office.zg.json("show", "1")["submitted_at"] is not None
    again = version_of(html)
    assert again != seen
    other.post("/tickets/1/reject", version=again, reason="县区窗口仍收纸质证明")
    assert mine.post("/tickets/1/comment", version=version_of(page), note="一条留言").startswith(TICKET), "a comment throws nothing back"


def test_an_act_writes_over_nothing_that_somebody_changed_while_it_was_typed(office: Office) -> None:
    mine, other = office.browser("office"), office.browser("office")
    pages = {act: mine.get(f"/tickets/3/{act}") for act in ("reassign", "urge")}
    seen, urging = version_of(pages["reassign"]), version_of(pages["urge"])
    office.zg("comment", "3", "--note", "先等一等")
    other.post("/tickets/3/reassign", version=seen, lead="市公安局", reason="属地在公安")
    html = mine.post("/tickets/3/reassign", code=409, version=seen, lead="市税务局", reason="属税务职责")
    assert "属地在公安" in shown(html) and "属税务职责" in shown(html) and "您填写期间发生的变化" in shown(html)
    assert office.zg.json("show", "3")["lead"] == "GAJ", "a comment threw nothing back, another lead does"
    mine.post("/tickets/3/urge", version=urging, by="phone")
    mine.post("/tickets/3/reassign", version=version_of(html), lead="市税务局", reason="属税务职责")
    assert office.zg.json("show", "3")["lead"] == "SHUIWJ"


def test_what_is_not_somebodys_to_do_is_refused_before_the_files_are_read(office: Office) -> None:
    office.browser("gaj").post("/tickets/3/verify", code=403, files=[("x.pdf", PDF)], note="x")
    office.browser("scjgj").post("/tickets/3/accept", code=404, files=[("x.pdf", PDF)])
    office.browser("office").post("/tickets/1/dance", code=404)
    office.stranger.post("/tickets/1/accept", code=401, files=[("x.pdf", PDF)])


def test_a_foreign_ticket_and_an_absent_one_look_alike(read_office: Office) -> None:
    browser = read_office.browser("scjgj")
    apart = re.compile(r"ZG-2020-\d+|form_token\W+value=\W+\w+")
    foreign, absent = (apart.sub("", browser.get(f"/tickets/ZG-2020-{no}", 404)) for no in ("0003", "0999"))
    assert foreign == absent


def test_what_people_typed_is_shown_as_they_typed_it(read_office: Office) -> None:
    html = read_office.browser("office").get("/tickets/3")
    assert "&lt;b&gt;尖括号&lt;/b&gt; &amp; “引号”" in html and "<b>尖括号" not in html


def test_who_complained_is_shown_to_the_office_alone(read_office: Office) -> None:
    assert "张三丰" in read_office.browser("office").get("/tickets/3")
    for account in ("shuiwj", "gaj", "leader", "auditor"):
        assert "张三丰" not in read_office.browser(account).get("/tickets/3")


def test_the_office_opens_a_ticket_and_nobody_else_is_shown_the_form(office: Office) -> None:
    browser = office.browser("office")
    assert "登记问题" in shown(browser.get("/tickets/new"))
    way = browser.post("/tickets/new", title="窗口排队超过一小时", source="visit", measure="3.1", lead="市税务局", complainant="李四")
    assert way.startswith("/tickets/ZG-2020-0004") and "窗口排队超过一小时" in browser.get(way)
    assert office.zg.json("show", "4")["secret"] == {"complainant": "李四"} and office.zg.lines("log", "4")[0]["via"] == "web"
    html = browser.post("/tickets/new", 422, title="没有来源的问题", detail="说明")
    assert "没有来源的问题" in html and 'role="alert"' in html
    assert "没有这个单位" in shown(browser.post("/tickets/new", 404, title="x", source="visit", lead="没有这个单位"))
    for account in ("scjgj", "leader", "admin"):
        other = office.browser(account)
        other.get("/tickets/new", 403)
        other.post("/tickets/new", 403, title="x", source="visit")
        assert "/tickets/new" not in other.get("/")


def test_a_form_asks_which_cooperators_only_where_there_are_some_to_choose(office: Office) -> None:
    lead, supervisor = office.browser("shuiwj"), office.browser("office")
    alone, [part] = lead.get("/tickets/3/submit"), office.zg.json("show", "3")["parts"]
    assert 'name="without"' not in alone and 'name="reason"' not in alone, "the cooperator has time yet"
    office.zg("clock", "set", part["due_at"])
    page = lead.get("/tickets/3/submit")
    assert 'type="checkbox" name="without" value="GAJ"' in page and 'name="reason"' in page
    lead.post("/tickets/3/submit", note="两项已并入一表", without="GAJ", reason="三次催告未确认")
    assert "again" not in supervisor.get("/tickets/3/reject"), "nobody signed off"
    assert office.zg.json("show", "3")["state"] == "submitted"


def test_a_scan_that_is_none_is_asked_for_again_with_every_word_kept(office: Office) -> None:
    number = office.zg.json("open", "跨部门数据不通", "--source", "visit", "--grade", "B")["number"]
    office.zg("assign", number, "--lead", "市市场监管局")
    browser = office.browser("scjgj")
    browser.post(f"/tickets/{number}/accept")
    html = browser.post(f"/tickets/{number}/endorse", 422, files=[("签字.txt", b"hello")], note="局长已在纸上签字")
    assert "局长已在纸上签字</textarea>" in html and "内容须为 PDF、OFD 或图片" in shown(html)
    browser.post(f"/tickets/{number}/endorse", files=[("签字.pdf", b"%PDF-1.7 x")], note="局长已在纸上签字")
    office.browser("gaj").post(f"/tickets/{number}/endorse", 404, note="不是我的")
