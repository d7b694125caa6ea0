"""Uploads: streamed, limited, judged by content; what is refused, breaks off or finds a full disk leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from starlette.requests import Request

from engine.errors import UsageError, ZgError
from engine.web import application, limits, upload
from engine.web.limits import BadForm, TooLarge, TooSlow, patience
from tests.web.conftest import Office, shown

PDF = b"%PDF-1.7 proof"
COMMENT = "/tickets/1/comment"


def left_over(office: Office) -> list[Path]:
    folder = Path(office.settings.db.removeprefix("sqlite:///") + ".evidence")
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_several_files_are_kept_with_the_act_and_nothing_beside_them(office: Office) -> None:
    office.browser("office").post(COMMENT, files=[("一.pdf", PDF), ("二.txt", "证明".encode())], note="两份材料")
    files = office.zg.json("show", "1")["files"]
    assert [item["name"] for item in files] == ["一.pdf", "二.txt"] and len(left_over(office)) == 2


@pytest.mark.parametrize(("content", "code"), [(b"MZ\x90\x00program", 422), (b"<html><script>", 303), (b"", 422)])
def test_a_file_is_judged_by_its_content(office: Office, content: bytes, code: int) -> None:
    browser = office.browser("office")
    browser.post(COMMENT, code, files=[("照片.jpg", content)], note="x")
    assert len(left_over(office)) == (1 if code == 303 else 0)


def test_a_name_that_leads_elsewhere_is_only_a_name(office: Office) -> None:
    office.browser("office").post(COMMENT, files=[("..\\..\\etc\\passwd", PDF)], note="x")
    assert office.zg.json("show", "1")["files"][0]["name"] == "passwd"


def test_a_refused_act_keeps_nothing_of_its_files(office: Office) -> None:
    office.browser("office").post("/tickets/1/verify", 422, files=[("x.pdf", PDF)], note="x")
    assert left_over(office) == []


def test_too_much_is_refused_with_the_limit(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = office.browser("office")
    monkeypatch.setattr(upload, "LARGEST_FILE", 1000)
    assert "每个最多" in shown(browser.post(COMMENT, 413, files=[("x.pdf", PDF + bytes(2000))], note="x"))
    assert "最多交" in shown(browser.post(COMMENT, 413, files=[("x.pdf", PDF)] * 21, note="x"))
    assert "太大" in shown(browser.post(COMMENT, 413, note="字" * 500_000))
    assert left_over(office) == [] and office.zg.json("show", "1")["files"] == []


def test_what_was_too_large_leads_back_to_its_form_and_a_form_says_beforehand_what_it_takes(
    office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = office.browser("office")
    monkeypatch.setattr(upload, "LARGEST_FILE", 1000)
    html = browser.post("/tickets/new", 413, files=[("x.pdf", PDF + bytes(2000))], title="x", source="self")
    assert 'href="/tickets/new">回到表单' in html
    field = browser.get("/tickets/new").partition('type="file"')[2].partition(">")[0]
    assert 'data-most-bytes="52428800"' in field and "“[file]”太大，每个最多 50 MB" in field


def test_files_are_asked_for_again_only_where_some_were_chosen(office: Office) -> None:
    browser = office.browser("office")
    assert "重新选择" not in browser.post("/tickets/1/verify", 422, note="x")
    assert "重新选择" in browser.post("/tickets/1/verify", 422, files=[("x.pdf", PDF)], note="x")
    assert "重新选择" in browser.post("/tickets/new", 404, files=[("x.pdf", PDF)], title="x", source="self", lead="没有的局")


def test_a_full_disk_is_told_and_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    browser = office.browser("office")
    with monkeypatch.context() as patch:
        patch.setattr(upload.os, "write", full)
        assert "没有存下来" in shown(browser.post(COMMENT, 507, files=[("x.pdf", PDF)], note="x"))
    assert left_over(office) == [] and len(office.zg.lines("log", "1")) == 2


def test_what_is_no_form_is_refused(office: Office) -> None:
    browser = office.browser("office")
    for kind, body in (("application/json", b"{}"), ("multipart/form-data", b"x"), ("multipart/form-data; boundary=b", b"garbage")):
        answer = browser.client.post(COMMENT, content=body, headers={**browser.heads, "content-type": kind})
        assert answer.status_code == 400, kind


def request_of(pieces: AsyncIterator[bytes]) -> Request:
    async def receive() -> dict[str, object]:
        try:
            return {"type": "http.request", "body": await anext(pieces), "more_body": True}
        except StopAsyncIteration:
            return {"type": "http.disconnect"}

    heads = [(b"content-type", b"multipart/form-data; boundary=b")]
    return Request({"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": heads}, receive)


BEGUN = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n%PDF-1.7 the beginning'


def test_a_client_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield BEGUN

    with pytest.raises(BadForm):
        asyncio.run(upload.receive(request_of(pieces()), tmp_path, None))
    assert list(tmp_path.iterdir()) == []


def test_a_client_that_is_too_slow_loses_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield BEGUN
        await asyncio.Event().wait()

    monkeypatch.setattr(limits, "CHUNK_SECONDS", 0.01)
    with pytest.raises(TooSlow):
        asyncio.run(upload.receive(request_of(pieces()), tmp_path, None))
    assert list(tmp_path.iterdir()) == []


def test_what_does_not_say_its_length_is_counted_while_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield BEGUN
        while True:
            yield bytes(1000)

    monkeypatch.setattr(upload, "LARGEST_UPLOAD", 10_000)
    with pytest.raises(TooLarge):
        asyncio.run(upload.receive(request_of(pieces()), tmp_path, None))
    assert list(tmp_path.iterdir()) == []


def test_a_client_that_sends_a_byte_now_and_then_loses_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, sent = count(0, 14), []

    async def pieces() -> AsyncIterator[bytes]:
        yield BEGUN
        while True:
            sent.append(b"a")
            yield sent[-1]

    monkeypatch.setattr(upload, "monotonic", lambda: next(clock))
    with pytest.raises(TooSlow):
        asyncio.run(upload.receive(request_of(pieces()), tmp_path, None))
    assert len(sent) < 3 and list(tmp_path.iterdir()) == []
    assert patience(100, limits.LEAST_A_SECOND * 200) == limits.CHUNK_SECONDS


PART = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n'


@pytest.mark.parametrize(("piece", "error"), [
    ((PART + b"\r\n") * 400, UsageError), (PART + b"x" * 300_000 + b"\r\n", TooLarge),
])
def test_what_is_kept_in_memory_is_counted_while_it_comes(piece: bytes, error: type[ZgError]) -> None:
    taken = []

    async def pieces() -> AsyncIterator[bytes]:
        while len(taken) < 10:
            taken.append(None)
            yield piece

    with pytest.raises(error):
        asyncio.run(upload.receive(request_of(pieces()), None, None))
    assert len(taken) <= 4


def test_no_file_is_taken_where_none_is_asked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield BEGUN

    with pytest.raises(BadForm):
        asyncio.run(upload.receive(request_of(pieces()), None, None))
    browser = office.browser()
    monkeypatch.setattr(upload, "scratch_file", None)
    browser.post("/sign-in", 400, files=[("x.pdf", PDF)], account="office")
    browser.post("/sign-in", 413, note="x" * 2_000_000)
    assert left_over(office) == []


def test_a_link_that_is_none_is_refused_before_what_is_sent_with_it_is_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "receive", None)
    office.browser().post("/invite/nothing", 410)
    office.browser().post("/answer/nothing", 422, said="x")


def test_a_form_that_is_none_is_told_to_its_sender_and_to_no_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    browser = office.browser()
    heads = {**browser.heads, "content-type": "multipart/form-data; boundary=b"}
    assert browser.client.post("/sign-in", content=b"--x", headers=heads).status_code == 400
    assert [record.name for record in caplog.records if record.name.startswith("python_multipart")] == []


def test_a_boundary_that_is_too_long_is_no_form(office: Office) -> None:
    browser = office.browser("office")
    heads = {**browser.heads, "content-type": f"multipart/form-data; boundary={'b' * 300}"}
    assert browser.client.post(COMMENT, content=b"x", headers=heads).status_code == 400
