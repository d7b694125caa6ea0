"""Evidence on the page of a ticket: its hash, pictures in place, a PDF beside, and nothing else of what strangers hand in; the mark."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

from engine.app.serving import open_record
from engine.record.evidence import folder_of, path_of
from tests.web.conftest import Office, shown

PDF, PAGE = b"%PDF-1.7 proof", b"<!doctype html><html><script>alert(1)</script>"


def test_a_pdf_opens_beside_as_itself_and_a_page_never_does(office: Office) -> None:
    browser = office.browser("scjgj")
    browser.post("/tickets/1/progress", files=[("记录.pdf", PDF), ("页.html", PAGE), ("骗.pdf", PAGE)], note="材料")
    html = browser.get("/tickets/1")
    digest, other = (hashlib.sha256(content).hexdigest() for content in (PDF, PAGE))
    assert f"<code>{digest[:8]}</code>" in html and f"<code>{digest}</code>" in html and html.count('/pdf"') == 1
    answer = browser.client.get(f"/files/ZG-2020-0001/{digest}/pdf", headers=browser.heads)
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert answer.headers["content-disposition"].startswith("inline;") and "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"] and answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert html.count("<iframe") == 1 and f'/{digest}/pdf#' in html and 'loading="lazy"' in html, "its preview is loaded where it is opened"
    assert "script-src" not in answer.headers["content-security-policy"] and answer.headers["x-content-type-options"] == "nosniff"
    browser.get(f"/files/ZG-2020-0001/{other}/pdf", 404)
    browser.get(f"/files/ZG-2020-0001/{other}/picture", 404)
    office.browser("shuiwj").get(f"/files/ZG-2020-0001/{digest}/pdf", 404)


def test_what_is_the_offices_own_is_marked_in_words_and_a_unit_reads_none_of_it(office: Office) -> None:
    office.zg("comment", "1", "--note", "先别告诉他们")
    assert shown(office.browser("office").get("/tickets/1")).count("承办单位不可见") == 1
    text = shown(office.browser("scjgj").get("/tickets/1"))
    assert "先别告诉他们" not in text and "承办单位不可见" not in text


def test_the_history_of_a_ticket_says_whether_it_is_as_it_was_written(office: Office) -> None:
    browser = office.browser("scjgj")
    assert "校验一致" in shown(browser.get("/tickets/1"))
    with closing(sqlite3.connect(office.settings.db.removeprefix("sqlite:///"))) as database:
        database.execute("PRAGMA writable_schema = ON")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE event SET actor = 'leader' WHERE stream = 1 AND seq = 2")
        database.commit()
    text = shown(browser.get("/tickets/1"))
    assert "校验一致" not in text and "从第 2 条起与写入时不符" in text


def test_a_file_that_its_store_has_lost_is_not_found_and_whoever_asks_is_told_what_to_do(office: Office) -> None:
    browser = office.browser("scjgj")
    browser.post("/tickets/1/progress", files=[("记录.pdf", PDF)], note="材料")
    digest = hashlib.sha256(PDF).hexdigest()
    with open_record(office.settings) as record:
        path_of(folder_of(record.database), digest).unlink()
    for address in (f"/files/ZG-2020-0001/{digest}", f"/files/ZG-2020-0001/{digest}/pdf", "/files/ZG-2020-0001"):
        text = shown(browser.get(address, 404))
        assert "evidence-missing" in text and "请系统管理员从备份恢复" in text
