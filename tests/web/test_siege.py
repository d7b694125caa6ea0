"""Too much, too slow, too many, and no room: what is refused is told, what is there goes on, and nothing is half."""

from __future__ import annotations

import re
import resource
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from engine.web.limits import BESIDE, MOST_CONNECTIONS
from engine.web.server import BACKLOG
from tests.web.conftest import Office, serving, shown
from tests.web.conftest import served as office_over

MEGABYTE = 1024 * 1024
PIECE = bytes(MEGABYTE)
COMMENT = "/tickets/1/comment"
NOTE = b'--x\r\ncontent-disposition: form-data; name="note"\r\n\r\nbig\r\n'
PART = NOTE + b'--x\r\ncontent-disposition: form-data; name="file"; filename="big.pdf"\r\n\r\n%PDF-1.7 '
END = b"\r\n--x--\r\n"


def heads(cookie: str, *more: str) -> bytes:
    lines = [
        f"POST {COMMENT} HTTP/1.1", "host: 127.0.0.1", f"cookie: zg_session={cookie}", "sec-fetch-site: same-origin",
        "content-type: multipart/form-data; boundary=x", *more, "", "",
    ]
    return "\r\n".join(lines).encode()


def status(line: socket.socket) -> int:
    """The status of the answer; 0 where the line was cut."""
    said = b""
    with suppress(OSError):
        while b"\r\n" not in said and (piece := line.recv(65_536)):
            said += piece
    return int(said.split(b" ", 2)[1]) if said else 0


def most_memory(pid: int) -> float:
    """Megabytes that a process had in memory at most."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


def kept(office: Office) -> list[Path]:
    folder = Path(office.settings.db.removeprefix("sqlite:///") + ".evidence")
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="how much memory a process has is asked of Linux")
def test_a_hundred_megabytes_are_refused_early_and_what_is_allowed_passes_through_no_memory(office: Office) -> None:
    cookie = office.browser("office").client.cookies["zg_session"]
    with serving(office, "--no-watch") as (process, port):

        def asked(*more: str) -> socket.socket:
            line = socket.create_connection(("127.0.0.1", port), timeout=60)
            line.sendall(heads(cookie, *more))
            return line

        with asked("content-length: 314572800") as line:
            assert status(line) == 413, "by what it says of itself, before a byte of it was sent"
        before = most_memory(process.pid)
        with asked("transfer-encoding: chunked") as line:
            line.sendall(b"%x\r\n%b\r\n" % (len(PART), PART))
            for _ in range(52):
                line.sendall(b"%x\r\n%b\r\n" % (MEGABYTE, PIECE))
            assert status(line) == 413, "as soon as a file has more than 50, while the rest of a hundred is still to come"
        assert kept(office) == []
        with asked(f"content-length: {len(PART) + 40 * MEGABYTE + len(END)}") as line:
            line.sendall(PART)
            for _ in range(40):
                line.sendall(PIECE)
            line.sendall(END)
            assert status(line) == 303
        assert most_memory(process.pid) - before < 30
    assert [file["bytes"] for file in office.zg.json("show", "1")["files"]] == [40 * MEGABYTE + 9]
    assert [path.stat().st_size for path in kept(office)] == [40 * MEGABYTE + 9]


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own, where this process may make one."""
    mount = shutil.which("mount")
    if mount is None or subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], stderr=subprocess.DEVNULL, check=False,
    ).returncode:
        pytest.skip("whoever runs the tests may mount nothing")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_nothing_is_half_and_all_goes_on_when_there_is_room(web_template: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with small_disk(tmp_path / "disk", 12) as disk:
        shutil.copyfile(web_template, disk / "zg.db")
        with office_over(f"sqlite:///{disk / 'zg.db'}") as office:
            browser = office.browser("office")
            for size in (20, 7):  # no room for what comes in; room for that, and none to keep it
                file = ("x.pdf", b"%PDF-1.7 " + bytes(size * MEGABYTE))
                page = shown(browser.post(COMMENT, 507, files=[file], note="x"))
                assert "磁盘" in page and str(disk) not in page
                assert kept(office) == []
            with (disk / "full").open("wb", buffering=0) as full, suppress(OSError):
                while full.write(bytes(4096)):
                    pass
            answer = browser.client.post(COMMENT, data={"note": "没有地方"}, headers=browser.heads, follow_redirects=False)
            assert answer.status_code == 507 and str(disk) not in answer.text
            (disk / "full").unlink()
            assert len(office.zg.lines("log", "1")) == 2
            browser.post(COMMENT, files=[("x.pdf", b"%PDF-1.7 proof")], note="有了")
            assert len(kept(office)) == 1
            office.zg("audit", "verify")


@contextmanager
def many_files(count: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < count:
        pytest.skip(f"this process may have {hard} files open")
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def ready(port: int) -> int:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n")
        return status(line)
    return 0


@pytest.mark.torture
@pytest.mark.parametrize("behind", [(), ("--behind", "127.0.0.1")])
def test_of_ten_thousand_connections_some_are_held_and_the_server_answers_when_they_are_gone(
    office: Office, behind: tuple[str, ...],
) -> None:
    with serving(office, "--no-watch", *behind) as (process, port), many_files(12_000), ExitStack() as lines:
        open_ = 0
        for number in range(10_000):
            line = lines.enter_context(socket.socket())
            line.settimeout(5)
            line.bind((f"127.0.{1 + number % 40}.1", 0))
            with suppress(OSError):
                line.connect(("127.0.0.1", port))
                line.sendall(b"GET / HTTP/1.1\r\n")
                open_ += 1
        most = MOST_CONNECTIONS + BESIDE + BACKLOG + 200
        until = time.monotonic() + 5  # what is taken from the system at once is closed a moment later
        while len(list(Path(f"/proc/{process.pid}/fd").iterdir())) >= most:
            assert time.monotonic() < until
        assert process.poll() is None
        assert most_memory(process.pid) < 250
        lines.close()
        until = time.monotonic() + 60
        while ready(port) != 200:
            assert time.monotonic() < until


@pytest.mark.torture
def test_whoever_sends_a_byte_now_and_then_loses_the_line_and_nobody_else_waits(office: Office) -> None:
    cookie = office.browser("office").client.cookies["zg_session"]
    with serving(office, "--no-watch") as (_, port), ExitStack() as lines:
        slow = [lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60)) for _ in range(100)]
        for number, line in enumerate(slow):
            line.sendall(b"GET / HTTP/1.1\r\n" if number % 2 else heads(cookie, "content-length: 100000") + PART)
        begun = time.monotonic()
        cut: dict[int, float] = {}
        while len(cut) < len(slow) and time.monotonic() < begun + 90:
            for number, line in enumerate(slow):
                if number not in cut:
                    try:
                        line.sendall(b"x" if number % 2 == 0 else b"x: y\r\n")
                    except OSError:
                        cut[number] = time.monotonic() - begun
            assert ready(port) == 200
            time.sleep(1)
        assert len(cut) == len(slow) and max(cut.values()) < 75
    assert kept(office) == []
