"""A ticket on paper: its print, the sheet that a head signs, and all of its files as one archive."""

from __future__ import annotations

import hashlib
import io
import re
from zipfile import ZipFile

from tests.web.conftest import Office, shown

PDF = b"%PDF-1.7 proof"


def test_the_print_holds_the_whole_ticket_and_who_printed_it(read_office: Office) -> None:
    html = read_office.browser("scjgj").get("/paper/1")
    text = shown(html)
    for part in ("企业开办材料重复提交", "同一份住所证明", "办理过程", "市市场监管局联络员 打印于 2020-09-25"):
        assert part in text
    assert "<nav" not in html and "<form" not in html


def test_the_sheet_to_be_signed_has_room_for_the_head_and_what_was_done(office: Office) -> None:
    office.zg("--as", "scjgj", "accept", "1")
    office.zg("--as", "scjgj", "progress", "1", "--note", "表格已重新设计")
    assert "表格已重新设计" in shown(office.browser("scjgj").get("/paper/1/sheet")), "what the head signs for, before it is submitted"
    office.browser("scjgj").post("/tickets/1/submit", files=[("记录.pdf", PDF)], note="五张表合并为一张")
    text = shown(office.browser("scjgj").get("/paper/1/sheet"))
    for part in ("整改事项审签单", "ZG-2020-0001", "五张表合并为一张", "记录.pdf", "单位负责人（签字）", "（单位盖章）"):
        assert part in text
    assert "/paper/ZG-2020-0001/sheet" in office.browser("scjgj").get("/tickets/1")


def test_all_files_come_as_one_archive_with_their_hashes(office: Office) -> None:
    browser = office.browser("scjgj")
    browser.get("/files/1", 404)
    browser.post("/tickets/1/accept")
    browser.post("/tickets/1/submit", files=[("a/../记录.pdf", PDF), ("记录.pdf", PDF + b"2")], note="已办结")
    answer = browser.client.get("/files/1", headers=browser.heads)
    assert answer.headers["content-disposition"] == "attachment; filename=ZG-2020-0001.zip"
    with ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        listed = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names if name != "SHA256SUMS"} == listed
    assert len(names) == 3 and all(re.fullmatch(r"004-[0-9a-f]{8}-记录\.pdf", name) for name in listed)
    office.browser("shuiwj").get("/files/1", 404)
    for _ in range(3):
        browser.post("/tickets/1/comment", files=[("又一次.pdf", PDF)], note="再附一次")
    answer = browser.client.get("/files/1", headers=browser.heads)
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == names and archive.testzip() is None, "a file that is cited again is packed once"


def test_what_the_office_notes_for_itself_is_apart_and_a_unit_never_sees_it(office: Office) -> None:
    office.zg("comment", "1", "--note", "拟约谈")
    assert re.search(r'(?s)<li id="event-\d+" class="internal">.*?拟约谈', office.browser("office").get("/tickets/1"))
    assert "拟约谈" not in office.browser("scjgj").get("/tickets/1") + office.browser("scjgj").get("/paper/1")
