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
    assert browser.post(act, files=[("批件.pdf", PDF)], about=about, by="leader", note="同意", next="/decisions") == "/decisions"
    [said] = office.zg.json("show", number)["consents"]
    assert (said["by"], said["agreed"]) == ("leader", True)
    assert f"{act}?about={about}&" not in browser.get("/decisions") and office.zg("audit", "verify").exit_code == 0
    for other in ("leader", "scjgj"):
        office.browser(other).get("/decisions", 403)


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
