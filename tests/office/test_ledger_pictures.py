"""Pictures of a ledger as evidence: of the row they lie at, the original for the office and a marked copy for the unit; bounded; once."""

from __future__ import annotations

import hashlib
import io
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.audit.rebuild import rebuild
from engine.desk.evidence import find
from engine.office.ledger import pictures
from engine.office.sheets.sheet import Book
from engine.office.visits import photos
from engine.record import evidence
from engine.record.connection import connect
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.event import Event
from tests.office.ledgers import HEADS, actions, imported, problems, row, sheet
from tests.office.sheets.making import changed, converted, in_cells
from tests.office.test_photos import photo
from tests.registry.conftest import OFFICE, Town

WITH = (*HEADS, "整改前", "整改后")
BEFORE, AFTER = len(HEADS), len(HEADS) + 1
UNIT = Actor("scjgj", "contact", "SCJGJ", "test")


@pytest.fixture
def town(founded_file: Path, tmp_path: Path) -> Iterator[Town]:
    """A record of one kind: files lie beside both alike."""
    shutil.copyfile(founded_file, tmp_path / "zg.db")
    with closing(connect(f"sqlite:///{tmp_path / 'zg.db'}")) as database:
        yield Town(database)


def shot(colour: str, size: tuple[int, int] = (60, 40), kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind)
    return out.getvalue()


def ledger(*rows: Sequence[object], at: Sequence[tuple[int, int, bytes]] = (), heads: Sequence[str] = WITH) -> bytes:
    """A ledger over which pictures float, each at a row and a column from 0 on."""
    def draw(target: Workbook, page: Worksheet) -> None:
        for number, (line, column, data) in enumerate(at):
            page.insert_image(line, column, f"{number}.png", {"image_data": io.BytesIO(data)})
    return sheet(*rows, heads=heads, then=draw)


def cited(town: Town, number: str) -> list[tuple[str, str]]:
    """What the first event cites: the kind, the hash."""
    return [(item["kind"], item["sha256"]) for item in first(town, number).data.get("evidence", ())]


def first(town: Town, number: str) -> Event:
    return town.desk.events(OFFICE, number)[0]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_floating_pictures_are_evidence_of_the_ticket_of_their_row(town: Town) -> None:
    one, other = shot("red"), shot("blue")
    data = ledger(row("1"), row("2", "办电慢"), at=[(2, AFTER, other), (1, BEFORE, one), (2, BEFORE, one)])
    assert problems(imported(town, data)) == [] and list(town.database.rows("SELECT 1 FROM evidence")) == [], "a preview keeps nothing"
    done = imported(town, data, commit=True)
    assert problems(done) == [] and done.remarks == []
    assert [kind for kind, _ in cited(town, "1")] == ["original", "copy"]
    assert [digest for kind, digest in cited(town, "2") if kind == "original"] == [sha(one), sha(other)], "by their columns"
    assert {file.name for file in find(town.desk, OFFICE, "2")} >= {"整改前-1.jpg", "整改后-2.jpg"}
    kept = evidence.path_of(evidence.folder_of(town.database), sha(one))
    assert kept.read_bytes() == one, "the original as it is"
    again = imported(town, data, commit=True)
    assert (actions(again), problems(again), again.written) == (["same", "same"], [], []) and town.sound()


def test_pictures_that_wps_keeps_in_cells_are_too(town: Town) -> None:
    one, other = shot("red"), shot("blue", kind="JPEG")

    def name(target: Workbook, page: Worksheet) -> None:
        page.write_formula(1, BEFORE, '=_xlfn.DISPIMG("ID_A",1)', None, '=DISPIMG("ID_A",1)')
        page.write_formula(1, AFTER, '=_xlfn.DISPIMG("ID_B",1)', None, '=DISPIMG("ID_B",1)')
    data = changed(sheet(row("1"), heads=WITH, then=name), in_cells({"ID_A": ("image1.png", one), "ID_B": ("image2.jpeg", other)}))
    assert problems(imported(town, data, commit=True)) == []
    assert [digest for kind, digest in cited(town, "1") if kind == "original"] == [sha(one), sha(other)]
    assert {file.type for file in find(town.desk, OFFICE, "1")} == {"image/png", "image/jpeg"}


def test_a_sheet_that_libreoffice_wrote_keeps_its_pictures_at_their_rows(town: Town, tmp_path: Path) -> None:
    one = shot("red")
    data = converted(ledger(row("1"), row("2", "办电慢"), at=[(2, BEFORE, one)]), "xlsx", tmp_path / "lo")
    assert problems(imported(town, data, commit=True)) == []
    assert cited(town, "1") == [] and [kind for kind, _ in cited(town, "2")] == ["original", "copy"]


def test_the_unit_is_given_the_copy_and_nothing_of_what_the_camera_wrote(town: Town, tmp_path: Path) -> None:
    taken = photo(tmp_path / "a.jpg").read_bytes()
    imported(town, ledger(row("1"), row("2", "办电慢", "市税务局"), at=[(1, BEFORE, taken), (2, BEFORE, taken)]), commit=True)
    told = first(town, "1").data["photos"][sha(taken)]
    assert told["device"] == "Acme Phone 9" and "latitude" in told, "the office reads what the camera wrote"
    [seen] = town.desk.events(UNIT, "1")
    assert [item["kind"] for item in seen.data["evidence"]] == ["copy"] and "photos" not in seen.data
    [copy] = find(town.desk, UNIT, "1")
    assert copy.sha256 == told["copy"] and b"Acme" not in evidence.path_of(evidence.folder_of(town.database), copy.sha256).read_bytes()


def test_what_waits_for_its_assignment_shows_its_unit_the_copy_with_it(town: Town) -> None:
    one = shot("red")
    imported(town, ledger(row("1", due="2020年11月30日", status=""), at=[(1, BEFORE, one)]), commit=True)
    ticket = town.desk.ticket(OFFICE, "1")
    assert (ticket.state, town.desk.files(OFFICE, ticket)[0].sha256) == ("found", sha(one))
    town.desk.do(OFFICE, "1", Command("assign", {"lead": "SCJGJ"}, {}))
    assert [file.name for file in find(town.desk, UNIT, "1")] == ["整改前-1.jpg"] and town.sound()


def fakes() -> dict[str, tuple[bytes, str]]:
    return {
        "a program": (b"MZ\x90\0" + b"\0" * 60, "row-pictures-broken"), "a letter": (b"%PDF-1.7 no picture", "row-pictures-broken"),
        "cut off": (shot("red")[:40], "row-pictures-broken"), "a text": ("就是一段文字".encode(), "row-pictures-broken"),
        "too many dots": (shot("white", (9_000, 9_000), mode="1"), "row-pictures-large"),
    }


@pytest.mark.parametrize("what", fakes())
def test_what_is_no_picture_is_told_of_its_row_which_is_taken_over(town: Town, what: str) -> None:
    fake, code = fakes()[what]
    data = changed(ledger(row("1"), at=[(1, BEFORE, shot("red")), (1, AFTER, shot("blue"))]), {"xl/media/image1.png": fake})
    assert problems(imported(town, data)) == [code]
    done = imported(town, data, commit=True)
    assert (actions(done), problems(done)) == (["new"], [code])
    assert [digest for kind, digest in cited(town, "1") if kind == "original"] == [sha(shot("blue"))] and town.sound()


@pytest.mark.parametrize(("bound", "most"), [
    ("MOST_OF_ROW", 1), ("MOST_OF_FILE", 1), ("LARGEST_TOGETHER", 200), ("PIXELS_TOGETHER", 2_400),
])
def test_pictures_are_bounded(town: Town, monkeypatch: pytest.MonkeyPatch, bound: str, most: int) -> None:
    monkeypatch.setattr(pictures, bound, most)
    data = ledger(row("1"), at=[(1, BEFORE, shot("red")), (1, AFTER, shot("blue"))])
    assert problems(imported(town, data)) == problems(imported(town, data, commit=True)) == ["row-pictures-many"]
    assert len(cited(town, "1")) == 2


def test_a_preview_unpacks_no_picture_and_one_at_many_rows_is_unpacked_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[Path] = []
    true = photos.see

    def counted(path: Path) -> photos.Seen:
        unpacked.append(path)
        return true(path)

    monkeypatch.setattr(photos, "see", counted)
    monkeypatch.setattr(pictures, "PIXELS_TOGETHER", 2_400)
    numbers = ("1", "2", "3")
    data = ledger(*(row(number, f"问题{number}") for number in numbers), at=[(line, BEFORE, shot("red")) for line in (1, 2, 3)])
    assert problems(imported(town, data)) == [] and unpacked == []
    assert problems(imported(town, data, commit=True)) == [] and len(unpacked) == 1
    assert len({first(town, number).data["photos"][sha(shot("red"))]["copy"] for number in numbers}) == 3, "each says which row"


def test_pictures_that_come_again_too_late_are_counted_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SEEN_LAST", 1)
    monkeypatch.setattr(pictures, "PIXELS_TOGETHER", 3 * 2_400)
    lying = [(line, column, shot(colour)) for line in (1, 2) for column, colour in ((BEFORE, "red"), (AFTER, "blue"))]
    data = ledger(row("1"), row("2", "办电慢"), at=lying)
    assert problems(imported(town, data)) == problems(imported(town, data, commit=True)) == ["row-pictures-many"]


def test_a_mark_is_cut_before_it_is_painted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    marks: list[Sequence[str]] = []
    true = photos.painted
    monkeypatch.setattr(photos, "painted", lambda name, seen, mark: (marks.append(mark), true(name, seen, mark))[1])
    imported(town, ledger(row("1"), at=[(1, BEFORE, shot("red"))], heads=(*HEADS, "前" * 3_000, "整改后")), commit=True)
    assert [max(map(len, mark)) for mark in marks] == [pictures.LONGEST_MARK]


def test_what_the_record_has_already_is_hashed_once_and_within_bounds(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, at = ("1", "2", "3"), [(line, BEFORE, shot("red")) for line in (1, 2, 3)]
    rows = [row(number, f"问题{number}") for number in numbers]
    imported(town, ledger(*rows, at=at), commit=True)
    more = ledger(*rows, at=[*at, *((line, AFTER, shot("blue")) for line in (1, 2, 3))])
    read: list[object] = []
    true = Book.picture
    monkeypatch.setattr(Book, "picture", lambda self, found: (read.append(found), true(self, found))[1])
    assert problems(imported(town, more)) == ["row-pictures"] * 3 and len(read) == 2
    monkeypatch.setattr(pictures, "LARGEST_TOGETHER", 1)
    assert problems(imported(town, more)) == ["row-pictures"] * 3 and len(read) == 2, "what is not looked at nobody has"


def test_a_picture_that_lies_at_no_item_is_said_and_one_beside_the_columns_is_its_rows(town: Town) -> None:
    one = shot("red")
    done = imported(town, ledger(row("1"), at=[(0, 3, shot("blue")), (1, 15, one), (9, 15, one)]), commit=True)
    assert [remark.values["count"] for remark in done.remarks if remark.code == "ledger-pictures"] == [2]
    assert [digest for kind, digest in cited(town, "1") if kind == "original"] == [sha(one)]


def test_a_picture_over_the_head_of_a_sheet_is_at_no_row_and_is_said(town: Town) -> None:
    def absolute(drawing: bytes) -> bytes:
        begin, end = drawing.index(b"<xdr:from>"), drawing.index(b"</xdr:to>") + len(b"</xdr:to>")
        place = b'<xdr:pos x="0" y="0"/><xdr:ext cx="9525" cy="9525"/>'
        return (drawing[:begin] + place + drawing[end:]).replace(b"twoCellAnchor", b"absoluteAnchor")

    data = changed(ledger(row("1"), at=[(1, BEFORE, shot("red"))]), {"xl/drawings/drawing1.xml": absolute})
    done = imported(town, data, commit=True)
    assert [remark.values["count"] for remark in done.remarks if remark.code == "ledger-pictures"] == [1]
    assert cited(town, "1") == []


def test_what_the_ledger_shows_later_is_told_and_not_taken(town: Town) -> None:
    one = shot("red")
    imported(town, ledger(row("1"), at=[(1, BEFORE, one)]), commit=True)
    later = imported(town, ledger(row("1"), at=[(1, BEFORE, one), (1, AFTER, shot("blue"))]), commit=True)
    assert (actions(later), problems(later), later.problems[0].problem.values["count"]) == (["same"], ["row-pictures"], 1)
    assert len(cited(town, "1")) == 2


def test_the_order_of_rows_changes_nothing_and_the_record_is_made_anew(town: Town, founded_file: Path, tmp_path: Path) -> None:
    shots = {str(number): shot(colour) for number, colour in enumerate(("red", "blue", "green"), 1)}

    def of(numbers: Sequence[str]) -> bytes:
        rows = [row(number, f"问题{number}") for number in numbers]
        return ledger(*rows, at=[(line, BEFORE, shots[number]) for line, number in enumerate(numbers, 1)])

    shuffled = list(shots)
    random.Random(3).shuffle(shuffled)  # noqa: S311 – an order, and no secret
    imported(town, of([*shots]), commit=True)
    shutil.copyfile(founded_file, tmp_path / "other.db")
    with closing(connect(f"sqlite:///{tmp_path / 'other.db'}")) as database:
        other = Town(database)
        imported(other, of(shuffled), commit=True)
        assert [cited(town, number) for number in shots] == [cited(other, number) for number in shots]
    rebuild(town.database, f"sqlite:///{tmp_path / 'anew.db'}")
    with closing(connect(f"sqlite:///{tmp_path / 'anew.db'}")) as database:
        assert [cited(Town(database), number) for number in shots] == [cited(town, number) for number in shots]
