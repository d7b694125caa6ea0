"""What leaders decided on paper: the office writes it down with the leader's name and the scan, by the page and by the API."""

from __future__ import annotations

import re

from tests.web.conftest import Office, shown

PDF = b"%PDF-1.7 signed by the mayor"


def test_the_office_writes_down_what_a_leader_decided_on_paper_with_name_and_scan(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    browser = office.browser("office")
    html = browser.get("/decisions")
    way = re.search(r'href="(/tickets/(ZG-2020-\d+)/consent\?about=(\w+)&amp;next=/decisions)"', html)
    assert way is not None and "登记纸质审定" in shown(browser.get("/"))
    path, number, about = way[1].replace("&amp;", "&"), way[2], way[3]
    form = browser.get(path)
    assert f'value="{about}"' in form and "不同意" in shown(form) and 'name="by"' in form
    act = f"/tickets/{number}/consent"
    assert "扫描件" in shown(browser.post(act, 422, about=about, by="leader", next="/decisions")), "without a scan it is hearsay"
    way = browser.post(act, files=[("批件.pdf", PDF)], about=about, by="leader", note="同意", next="/decisions")
    assert way.startswith("/decisions?acted=") and f"已办：领导审定 {number}" in shown(browser.get(way))
    [said] = office.zg.json("show", number)["consents"]
    assert (said["by"], said["agreed"]) == ("leader", True)
    assert f"{act}?about={about}&" not in browser.get("/decisions") and office.zg("audit", "verify").exit_code == 0
    for other in ("leader", "scjgj"):
        office.browser(other).get("/decisions", 403)


def test_what_is_decided_is_known_to_the_form_from_wherever_it_is_opened(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    browser = office.browser("office")
    today = re.search(r'href="/tickets/(ZG-2020-\d+)/consent\?about=(\w+)"', browser.get("/"))
    assert today is not None, "the line of today says what is decided"
    assert "提请审定：约谈" in shown(browser.get("/"))
    bare, named = (browser.get(f"/tickets/{today[1]}/consent{query}") for query in ("", "?about=interview"))
    choice = re.search(r'(?s)<select[^>]*name="about".*?</select>', bare)
    assert choice is not None and re.findall(r'<option value="(\w+)"', choice[0]) == ["interview", "circular"]
    assert 'value="interview" selected' in named
    assert 'name="about" value=""' not in bare
    office.zg("--as", "leader", "consent", today[1], "--about", "interview")
    assert "拟发：约谈" in shown(browser.get("/")), "the office issues what was agreed to"
    left = browser.get(f"/tickets/{today[1]}/consent")
    assert 'type="hidden" name="about" value="circular"' in left and "提请审定：通报" in shown(left)


def test_the_letter_that_is_signed_is_named_and_picked_from_those_that_wait(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    browser = office.browser("office")
    letters = re.compile(r'(?s)<select[^>]*name="rung">(.*?)</select>')
    for act, all_of_them in (("issue", []), ("waive", [("", "全部待签发的")])):
        found = letters.search(browser.get(f"/tickets/1/{act}"))
        assert found is not None
        assert re.findall(r'value="([\w-]*)"[^>]*>([^<]+)', found[1]) == [
            *all_of_them, ("interview", "约谈（约谈通知书）"), ("circular", "通报"), ("supervision-letter", "督办（督办函）"),
        ]
    browser.post("/tickets/1/issue", rung="supervision-letter", by="督查室负责人")
    assert [item["rung"] for item in office.zg.json("show", "1")["proposals"]] == ["circular", "interview"]
    assert "supervision-letter" not in browser.get("/tickets/1/issue")


def test_a_leader_agrees_to_several_or_refuses_them_knowing_what_each_is_about(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    leader = office.browser("leader")
    numbers = sorted(set(re.findall(r"/queues/decisions/(ZG-2020-\d+)", leader.get("/"))))
    form = leader.get("/bulk?act=consent&" + "&".join(f"number={number}" for number in numbers))
    assert len(numbers) == 2 and shown(form).count("提请审定：约谈") == 2 and "同意 不同意" in shown(form)
    assert 'name="about"' not in form and 'name="by"' not in form
    given = dict(re.findall(r'name="((?:about|version)\.[^"]+)" value="([^"]+)"', form))
    answer = leader.client.post("/bulk", data={"act": "consent", "number": numbers, "refuse": "1", **given}, headers=leader.heads)
    assert answer.status_code == 200 and "办成 2 件" in shown(answer.text)
    for number in numbers:
        [said] = office.zg.json("show", number)["consents"]
        assert (said["by"], said["agreed"]) == ("leader", False)


def test_a_program_of_the_office_writes_it_down_too(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    browser = office.browser("office")
    found = re.search(r"/tickets/(ZG-2020-\d+)/consent\?about=(\w+)", browser.get("/decisions"))
    assert found is not None
    answer = browser.client.post(
        f"/api/v1/tickets/{found[1]}/consent", data={"about": found[2], "by": "leader", "refuse": "1"}, files={"file": ("批件.pdf", PDF)},
        headers=browser.heads,
    )
    assert answer.status_code == 200, answer.text
    assert office.zg.json("show", found[1])["consents"][0]["agreed"] is False


def test_a_program_of_the_office_reads_what_waits_for_leaders(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    browser = office.browser("office")
    found = browser.client.get("/api/v1/decisions", headers=browser.heads).json()
    assert found["section"] == "decisions" and found["count"] == len(found["tickets"]) > 0
    assert {line["number"] for line in found["tickets"]} == set(re.findall(r"/tickets/(ZG-2020-\d+)/consent", browser.get("/decisions")))


def test_what_a_unit_sent_back_says_so_in_today_and_heads_the_ticket(office: Office) -> None:
    office.zg("--as", "scjgj", "decline", "1", "--reason", "不属本单位", "--clause", "三定规定第三条", "--suggest", "市公安局")
    browser = office.browser("office")
    assert "市市场监管局已申请退回" in shown(browser.get("/"))
    problem = shown(browser.get("/tickets/1").partition('id="problem"')[2])
    assert problem.index("：不属本单位（依据 三定规定第三条、建议由市公安局承办）") < problem.index("编号 ZG-2020-0001")
