"""A unit's first page with the acts of each line, its head's list, and one reply for several tickets."""

from __future__ import annotations

import re
from pathlib import Path

from tests.web.conftest import Office, shown

PDF = b"%PDF-1.7 signed"


def row(html: str, number: str) -> set[str]:
    """The addresses that the lines of a ticket lead to."""
    return set(re.findall(rf'href="(/(?:tickets|paper)/{number}/[\w-]+)"', html))


def test_each_line_of_a_unit_offers_what_may_be_done_now_and_nothing_else(office: Office) -> None:
    office.zg("amend", "1", "--grade", "A", "--reason", "重大")
    contact, way = office.browser("scjgj"), "/tickets/ZG-2020-0001"
    assert "我的待办" in shown(contact.get("/")) and row(contact.get("/"), "ZG-2020-0001") == {f"{way}/accept", f"{way}/progress"}
    contact.post(f"{way}/accept")
    html = contact.get("/")
    assert row(html, "ZG-2020-0001") == {f"{way}/progress", f"{way}/endorse", "/paper/ZG-2020-0001/sheet"}
    assert "填报进展" in shown(html) and "上传签字件" in shown(html) and "打印审签单" in shown(html)
    contact.post(f"{way}/endorse", files=[("审签单.pdf", PDF)])
    assert f"{way}/submit" in row(contact.get("/"), "ZG-2020-0001")
    offered = {item.rpartition("/")[2] for item in row(contact.get("/"), "ZG-2020-0001")} - {"sheet"}
    assert offered <= set(office.zg.json("--as", "scjgj", "show", "1")["actions"])


def test_a_head_signs_or_sends_back_several_at_once_and_the_unit_reads_what_to_revise(office: Office) -> None:
    office.zg("open", "窗口排队过长", "--source", "visit")
    office.zg("assign", "4", "--lead", "市市场监管局")
    for number in ("1", "4"):
        office.zg("amend", number, "--grade", "A", "--reason", "重大")
        office.zg("--as", "scjgj", "accept", number)
    head = office.browser("scjgj-head")
    assert "待审签" in shown(head.get("/")) and "成批审签" in shown(head.get("/"))
    listed = head.get("/queues/to-endorse")
    assert "同意" in shown(listed) and "退回修改" in shown(listed)
    form = head.get("/bulk?act=send-back&number=1&number=4")
    versions = dict(re.findall(r'name="(version\.[\w-]+)" value="(\d+)"', form))
    done = head.client.post("/bulk", data={
        "act": "send-back", "number": ["ZG-2020-0001", "ZG-2020-0004"], "reason": "缺整改前后对比照片", **versions,
    }, headers=head.heads)
    assert done.status_code == 200 and "缺整改前后对比照片" in office.zg("log", "4").stdout
    assert "待审签" not in shown(head.get("/"))
    contact = office.browser("scjgj")
    text = shown(contact.get("/"))
    assert "退回修改 2" in text and "缺整改前后对比照片" in shown(contact.get("/tickets/4"))
    contact.post("/tickets/4/progress", note="已补照片")
    warned = re.compile(r'class="warning"><p><strong>退回修改')
    assert warned.search(contact.get("/tickets/1")) and not warned.search(contact.get("/tickets/4"))
    assert "窗口排队过长" in shown(head.get("/queues/to-endorse")) and office.zg("audit", "verify").exit_code == 0


def test_one_reply_answers_several_tickets_with_the_same_evidence_and_a_result_for_each(office: Office) -> None:
    office.zg("open", "窗口排队过长", "--source", "visit")
    office.zg("assign", "4", "--lead", "市市场监管局")
    contact = office.browser("scjgj")
    listed = contact.get("/replies")
    assert "2020-09-25 交办 2" in shown(listed) and 'value="progress"' in listed and "尖括号" not in listed
    answer = contact.client.post(
        "/bulk", data={"act": "submit", "number": ["1", "4"], "note": "窗口已统一整改"}, files={"file": ("总结.pdf", PDF)},
        headers=contact.heads,
    )
    assert answer.status_code == 200 and shown(answer.text).count("待签收") >= 1, "nothing was accepted yet, and each says so"
    contact.post("/tickets/4/accept")
    answer = contact.client.post(
        "/bulk", data={"act": "submit", "number": ["1", "4"], "note": "窗口已统一整改"}, files={"file": ("总结.pdf", PDF)},
        headers=contact.heads,
    )
    text = shown(answer.text)
    assert "1 件" in text and [office.zg.json("show", number)["state"] for number in ("1", "4")] == ["assigned", "submitted"], text
    assert [item["name"] for item in office.zg.json("show", "4")["files"]] == ["总结.pdf"]
    office.browser("office").get("/replies", 404)


def test_what_came_from_a_ledger_without_its_day_of_assignment_is_headed_so(office: Office, tmp_path: Path) -> None:
    sheet = tmp_path / "台账.csv"
    sheet.write_text("序号,问题描述,责任单位,整改时限,整改状态\n1,窗口排队过长,市市场监管局,2020-10-30,整改中\n", encoding="utf-8")
    office.zg("import", str(sheet), "--commit")
    listed = shown(office.browser("scjgj").get("/replies"))
    assert "台账转入，交办日期未记 1" in listed and "2020-09-25 交办 1" in listed, listed
