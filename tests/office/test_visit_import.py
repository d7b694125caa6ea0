"""Findings from a sheet or a folder of photos: preview and commit are one function, the same again enters nothing, what is bad is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook

from engine.desk.evidence import find
from engine.desk.intake import Intake
from engine.errors import Busy, InvalidFile, NotPermitted
from engine.office.visits.assigning import assign_suggested
from engine.office.visits.findings import enter
from engine.office.visits.importing import Imported, import_findings
from engine.office.visits.visits import Visits
from engine.rules.access import Actor
from engine.rules.acts.opening import Opening
from engine.rules.loop.visit_acts import Outing
from tests.office.sheets.making import xlsx
from tests.office.test_photos import photo
from tests.registry.conftest import OFFICE, Town

SHEET = """序号,问题,地点,责任单位,对应任务编号,类别,照片
1,评价器停用,三楼,市市场监管局,2.5,C,a.jpg
2,窗口无人,二楼,没有这个单位,,,
3,材料重复提交,,市公安局,,,
4,材料重复提交,,市公安局,,,
"""


@pytest.fixture
def visiting(town: Town) -> Town:
    Visits(town.desk).begin(OFFICE, Outing("政务服务大厅", date(2020, 9, 24), ("office",)))
    return town


def imported(town: Town, path: Path, *, commit: bool = True, actor: Actor = OFFICE) -> Imported:
    return import_findings(town.desk, actor, Intake(town.desk, actor), "1", path, "rectification", commit=commit)


def told(found: Imported) -> tuple[list[tuple[str, str, bool]], list[tuple[str, str]]]:
    return (
        [(each.item.where, each.item.title, each.new) for each in found.entered],
        [(where, type(error).__name__) for where, error in found.problems],
    )


def test_rows_become_findings_and_the_same_sheet_again_enters_nothing(visiting: Town, tmp_path: Path) -> None:
    sheet = tmp_path / "问题.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    photo(tmp_path / "a.jpg")
    preview = imported(visiting, sheet, commit=False)
    assert Visits(visiting.desk).read(OFFICE, "1").tickets == 0, "a preview enters nothing"
    found = imported(visiting, sheet)
    assert told(preview) == told(found) == (
        [("2", "评价器停用", True), ("4", "材料重复提交", True), ("5", "材料重复提交", False)], [("3", "UnitNotFound")],
    )
    ticket = visiting.desk.ticket(OFFICE, found.entered[0].number or "")
    assert (ticket.place, ticket.lead, ticket.measure, ticket.grade, ticket.visit) == ("三楼", "SCJGJ", "2.5", "C", "V-2020-0001")
    assert len(find(visiting.desk, OFFICE, ticket.number)) == 2, "the original and the marked copy"
    again = imported(visiting, sheet)
    assert not any(each.new for each in again.entered) and again.entered[0].number == ticket.number
    assert Visits(visiting.desk).read(OFFICE, "1").tickets == 2 and visiting.sound()


def test_photos_become_findings_in_the_order_in_which_they_were_taken(visiting: Town, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    photo(folder / "乙.jpg")
    photo(folder / "甲.jpg", facts=False)
    (folder / "坏.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo")
    found = imported(visiting, folder)
    assert told(found) == ([("乙.jpg", "乙", True), ("甲.jpg", "甲", True)], [("坏.jpg", "BadEvidence")])
    assert not any(each.new for each in imported(visiting, folder).entered) and visiting.sound()


def test_a_sheet_names_photos_that_lie_beside_it_and_no_other_file(visiting: Town, tmp_path: Path) -> None:
    folder = tmp_path / "visit"
    (folder / "照片").mkdir(parents=True)
    photo(folder / "照片" / "a.jpg")
    key = photo(tmp_path / "key.jpg")
    (folder / "link.jpg").symlink_to(key)
    (folder / "around").symlink_to(tmp_path)
    (folder / "key.pem").write_text("a key", encoding="utf-8")
    names = [str(key), "../key.jpg", "照片/../../key.jpg", r"..\key.jpg", r"C:\key.jpg", "link.jpg", "around/key.jpg"]
    others = ["key.pem", "照片", "无.jpg"]
    sheet = folder / "问题.csv"
    rows = [f"{place},问题{place},{name}" for place, name in enumerate([*names, *others, r"照片\a.jpg"], 1)]
    sheet.write_text("\n".join(["序号,问题,照片", *rows]), encoding="utf-8")
    found = imported(visiting, sheet)
    assert [(where, error.values.get("reason")) for where, error in found.problems] == [
        *((str(row), "photo-elsewhere") for row in range(2, 9)),
        ("9", "photo-unreadable"), ("10", "file-unreadable"), ("11", "file-unreadable"),
    ]
    assert [each.item.photos for each in found.entered] == [[r"照片\a.jpg"]]
    linked = imported(visiting, folder)
    assert {where for where, _ in linked.problems} == {"link.jpg", "key.pem", "问题.csv"} and not linked.entered


def test_what_holds_nothing_and_who_may_not_is_refused(visiting: Town, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidFile):
        imported(visiting, tmp_path / "empty")
    with pytest.raises(NotPermitted):
        imported(visiting, tmp_path / "empty", actor=Actor("scjgj", "contact", "SCJGJ", "test"))


def test_who_only_reads_visits_is_told_so_before_any_photo_is_looked_at(
    visiting: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    leader, opening = Actor("leader", "leader", None, "test"), Opening("评价器停用", "visit")
    monkeypatch.setattr("engine.office.visits.photos.look", None)
    monkeypatch.setattr("engine.office.visits.importing.taken", None)
    photo(tmp_path / "a.jpg")
    with pytest.raises(NotPermitted):
        imported(visiting, tmp_path, actor=leader)
    with pytest.raises(NotPermitted):
        enter(visiting.desk, leader, "1", opening, [], "rectification")
    with pytest.raises(NotPermitted):
        next(assign_suggested(visiting.desk, leader, "1"))


def test_a_busy_database_is_no_fault_of_a_row(visiting: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Busy

    monkeypatch.setattr("engine.office.visits.importing.enter", busy)
    sheet = tmp_path / "问题.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    with pytest.raises(Busy):
        imported(visiting, sheet)


def test_a_photo_named_alone_is_found_in_the_one_folder_beside_the_sheet(visiting: Town, tmp_path: Path) -> None:
    sheet = tmp_path / "问题.csv"
    sheet.write_text("序号,问题,整改措施编号,照片\n1,评价器停用,,a.jpg\n2,窗口无人,9.9,\n3,材料多,,b.jpg\n", encoding="utf-8")
    for name in ("照片", "别的"):
        (tmp_path / name).mkdir()
        photo(tmp_path / name / "b.jpg")
    photo(tmp_path / "照片" / "a.jpg")
    (tmp_path / "别的" / "a.jpg").symlink_to(tmp_path / "照片" / "b.jpg")
    found = imported(visiting, sheet, commit=False)
    assert [each.item.photos for each in found.entered] == [["a.jpg"]], "of two folders neither is meant"
    assert [where for where, _ in found.problems] == ["3", "4"], "an unknown measure is told"


def test_every_fault_of_a_row_is_told_in_one_run(visiting: Town, tmp_path: Path) -> None:
    sheet = tmp_path / "问题.csv"
    sheet.write_text("序号,问题,责任单位,对应任务编号,类别,照片\n1,窗口无人,没有这个单位,9.9,丁,没有.jpg\n", encoding="utf-8")
    found = imported(visiting, sheet)
    assert sorted(type(error).__name__ for _, error in found.problems) == ["BadEvidence", "NotFound", "Refused", "UnitNotFound"]
    assert found.entered == []


def test_pictures_that_lie_in_the_sheet_are_evidence_of_their_rows(visiting: Town, tmp_path: Path) -> None:
    picture = photo(tmp_path / "甲.jpg")

    def fill(target: Workbook) -> None:
        page = target.add_worksheet("问题")
        for row, cells in enumerate((["序号", "问题", "照片"], ["1", "窗口无人", ""], ["2", "未公示", ""])):
            page.write_row(row, 0, cells)
        page.insert_image(1, 2, str(picture))

    sheet = tmp_path / "问题.xlsx"
    sheet.write_bytes(xlsx(fill))
    found = imported(visiting, sheet)
    assert (told(found)[1], [len(each.item.photos) for each in found.entered]) == ([], [1, 0])
    first = found.entered[0].number or ""
    assert len(find(visiting.desk, OFFICE, first)) == 2, "the original and the marked copy"
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / "同一张.jpg").write_bytes(picture.read_bytes())
    again = imported(visiting, folder)
    assert [(each.new, each.number, each.again) for each in again.entered] == [(False, first, (first,))], "the same photo is told"
    assert visiting.sound()


def test_pictures_in_a_sheet_are_taken_with_their_rows_and_others_are_named(visiting: Town, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        page = book.add_worksheet("问题")
        page.write_row(0, 0, ["序号", "问题", "责任单位"])
        page.write_row(1, 0, [1, "评价器停用", "市市场监管局"])
        page.write_row(2, 0, [2, "窗口无人", "市公安局"])
        for row, name in ((1, "a.jpg"), (9, "b.jpg")):
            photo(tmp_path / name, facts=row == 1)
            page.insert_image(row, 3, str(tmp_path / name))

    sheet = tmp_path / "问题.xlsx"
    sheet.write_bytes(xlsx(fill))
    found = imported(visiting, sheet)
    assert [(each.item.title, each.item.photos) for each in found.entered] == [("评价器停用", ["image1.jpeg"]), ("窗口无人", [])]
    assert (found.beside, found.problems) == (["image2.jpeg"], [])
