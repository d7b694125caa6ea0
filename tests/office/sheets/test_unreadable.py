"""Broken, hostile, huge, protected files and those of another kind: each is an error of its own, and costs little memory."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from engine import words
from engine.errors import InvalidFile
from engine.office.sheets import bounds, unreadable
from engine.office.sheets.reader import read, read_bytes
from engine.office.sheets.unreadable import (
    Bomb,
    BrokenFile,
    EmptyFile,
    HoldsMacros,
    LockFile,
    OfficeEncrypted,
    OtherKind,
    PasswordProtected,
    TooLarge,
    UnknownEncoding,
    Unreadable,
)

from .making import HEADS, PNG, changed, table

FACTS = Path(__file__).parents[2] / "facts"
GOOD = table([HEADS, ["1", "出证慢", "市公安局", "7月20日", "整改中"]])
SHEET = "xl/worksheets/sheet1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
UTF16 = "utf-16-le"


def packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def encrypted_flag(data: bytes) -> bytes:
    """The same file, whose directory says that its first member is encrypted."""
    place = data.index(b"PK\x01\x02") + 8
    return data[:place] + struct.pack("<H", struct.unpack("<H", data[place:place + 2])[0] | 1) + data[place + 2:]


def far(place: str) -> bytes:
    """A sheet with one cell more, far away."""
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    more = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    return changed(GOOD, {SHEET: lambda xml: xml.replace(b"</sheetData>", more.encode())})


def lying(size: int) -> bytes:
    """A file whose directory says that a long member is short."""
    data = bytearray(changed(GOOD, {SHEET: lambda xml: xml + b" " * size}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            name = start + (46 if mark[2] == 1 else 30)
            if data[name:name + len(SHEET)] == SHEET.encode():
                data[start + place:start + place + 4] = struct.pack("<I", 2000)
            start += 4
    return bytes(data)


def with_doctype(inside: str) -> bytes:
    return changed(GOOD, {SHEET: lambda xml: xml.replace(b"<worksheet", f"<!DOCTYPE x [{inside}]><worksheet".encode(), 1)})


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
ODS = "application/vnd.oasis.opendocument.spreadsheet"


NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def ods(row: str = "", cell: str = "", inside: str = "x", manifest: bytes = b"<manifest/>") -> bytes:
    """A sheet of one row with one cell, each with attributes."""
    content = (
        f'<o:document-content xmlns:o="{NAMES}:office:1.0" xmlns:t="{NAMES}:table:1.0" xmlns:x="{NAMES}:text:1.0"><o:body><o:spreadsheet>'
        f'<t:table t:name="a"><t:table-row {row}><t:table-cell o:value-type="string" {cell}><x:p>{inside}</x:p></t:table-cell>'
        "</t:table-row></t:table></o:spreadsheet></o:body></o:document-content>"
    )
    return packed({"mimetype": ODS.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest})


BAD: dict[str, tuple[str, bytes, type[Unreadable], str]] = {
    "nothing": ("a.xlsx", b"", EmptyFile, "sheet-empty"),
    "blanks only": ("a.csv", b"\r\n \r\n", EmptyFile, "sheet-empty"),
    "a workbook without a value": ("a.xlsx", table([[]]), EmptyFile, "sheet-empty"),
    "separators only": ("a.csv", b",,,\n,,,\n", EmptyFile, "sheet-empty"),
    "a pdf": ("a.xlsx", b"%PDF-1.7\n...", OtherKind, "sheet-is-pdf"),
    "a scan": ("a.xlsx", PNG, OtherKind, "sheet-is-picture"),
    "a page": ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", OtherKind, "sheet-is-page"),
    "xml of an old program": ("a.xls", b'<?xml version="1.0"?><Workbook/>', OtherKind, "sheet-is-page"),
    "rich text": ("a.xlsx", rb"{\rtf1 x}", OtherKind, "sheet-is-doc"),
    "an old letter": ("a.doc", OLE + bytes(4096) + "WordDocument".encode(UTF16), OtherKind, "sheet-is-doc"),
    "an old message": ("a.msg", OLE + bytes(4096), OtherKind, "sheet-is-other"),
    "a program": ("a.xlsx", b"MZ\x90\0\x03\0\0\0", OtherKind, "sheet-is-other"),
    "an archive": ("a.xlsx", packed({"台账.xlsx": GOOD}), OtherKind, "sheet-is-archive"),
    "rar": ("a.rar", b"Rar!\x1a\x07\x00", OtherKind, "sheet-is-archive"),
    "slides": ("a.pptx", packed({"ppt/presentation.xml": b"<x/>"}), OtherKind, "sheet-is-other"),
    "a binary workbook": ("a.xlsb", packed({"xl/workbook.bin": b"x"}), OtherKind, "sheet-is-page"),
    "the mark of an open sheet": ("~$台账.xlsx", b"\x06office" + bytes(158), LockFile, "sheet-lock-file"),
    "a password (xlsx)": ("a.xlsx", OLE + bytes(4096) + "EncryptedPackage".encode(UTF16), PasswordProtected, "sheet-password"),
    "a real password (xlsx)": ("a.xlsx", (FACTS / "encrypted.xlsx").read_bytes(), PasswordProtected, "sheet-password"),
    "a real password (docx)": ("a.docx", (FACTS / "encrypted.docx").read_bytes(), PasswordProtected, "sheet-password"),
    "a password (zip)": ("a.xlsx", encrypted_flag(GOOD), PasswordProtected, "sheet-password"),
    "a password (ods)": ("a.ods", ods(manifest=b"<m><encryption-data/></m>"), PasswordProtected, "sheet-password"),
    "an office's encryption": ("a.xlsx", b"%TSD-Header-###%" + os.urandom(2000), OfficeEncrypted, "sheet-encrypted"),
    "another office's encryption": ("a.xlsx", b"\x14\0\0\0E-SafeNet\0LOCK" + os.urandom(2000), OfficeEncrypted, "sheet-encrypted"),
    "macros (xlsm)": ("a.xlsm", changed(GOOD, {"xl/vbaProject.bin": OLE}), HoldsMacros, "sheet-macros"),
    "macros by name only": ("a.xlsx", changed(GOOD, {"[Content_Types].xml": lambda xml: xml.replace(
        b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")}), HoldsMacros, "sheet-macros"),
    "macros (xls)": ("a.xls", OLE + bytes(4096) + "Workbook".encode(UTF16) + "_VBA_PROJECT".encode(UTF16), HoldsMacros, "sheet-macros"),
    "old macro sheets": ("a.xlsx", changed(GOOD, {"xl/macrosheets/sheet1.xml": b"<x/>"}), HoldsMacros, "sheet-macros"),
    "macros (ods)": ("a.ods", changed(ods(), {"Basic/Standard/M.xml": b"<x/>"}), HoldsMacros, "sheet-macros"),
    "a bomb": ("a.xlsx", changed(GOOD, {"xl/sharedStrings.xml": b"<sst>" + b" " * 2**25 + b"</sst>"}), Bomb, "sheet-bomb"),
    "a bomb that lies": ("a.xlsx", lying(2**24), BrokenFile, "sheet-broken"),
    "very many members": ("a.xlsx", packed({f"{number}.png": b"" for number in range(20_001)}), Bomb, "sheet-bomb"),
    "laughing entities": ("a.xlsx", with_doctype(LAUGHS), BrokenFile, "sheet-broken"),
    "a file of the machine": ("a.xlsx", with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'), BrokenFile, "sheet-broken"),
    "entities in the styles": ("a.xlsx", changed(GOOD, {"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), BrokenFile,
                               "sheet-broken"),
    "a cell in the last row": ("a.xlsx", far("A1048576"), TooLarge, "sheet-too-many-rows"),
    "a cell in the last column": ("a.xlsx", far("XFD9"), TooLarge, "sheet-too-many-columns"),
    "a cell nowhere": ("a.xlsx", far("ZZZZ9"), TooLarge, "sheet-too-many-columns"),
    "many places": ("a.xlsx", far("ALL99999"), TooLarge, "sheet-too-many-cells"),
    "rows that repeat (ods)": ("a.ods", ods(row='t:number-rows-repeated="1048576"'), TooLarge, "sheet-too-many-rows"),
    "columns that repeat (ods)": ("a.ods", ods(cell='t:number-columns-repeated="16384"'), TooLarge, "sheet-too-many-columns"),
    "blanks that repeat (ods)": ("a.ods", ods(inside='<x:s x:c="999999999"/>'), TooLarge, "sheet-text-too-long"),
    "many rows of text": ("a.csv", b"a,b\n" * 100_001, TooLarge, "sheet-too-many-rows"),
    "many columns of text": ("a.csv", b"a" + b",a" * 1000, TooLarge, "sheet-too-many-columns"),
    "a text without an end": ("a.csv", b'a,"' + b"x" * 40_000, TooLarge, "sheet-text-too-long"),
    "a quotation mark without its pair": ("a.csv", b'a,b\nc,"d\n', BrokenFile, "sheet-broken-line"),
    "cut off": ("a.xlsx", GOOD[:-100], BrokenFile, "sheet-broken"),
    "cut off in the middle": ("a.xlsx", GOOD[:len(GOOD) // 2], BrokenFile, "sheet-broken"),
    "a sheet cut off": ("a.xlsx", changed(GOOD, {SHEET: lambda xml: xml[:-60]}), BrokenFile, "sheet-broken"),
    "no sheets at all": ("a.xlsx", packed({"xl/workbook.xml": b"<workbook/>"}), BrokenFile, "sheet-broken"),
    "an old workbook cut off": ("a.xls", OLE + bytes(4096) + "Workbook".encode(UTF16), BrokenFile, "sheet-broken"),
    "a letter cut off": ("a.docx", packed({"word/document.xml": b"<w"}), BrokenFile, "sheet-broken"),
    "noise": ("a.csv", random.Random(1).randbytes(5000), UnknownEncoding, "sheet-encoding"),  # noqa: S311 the same noise each time
    "latin letters in no encoding of ours": ("a.csv", b"a,b\n\xff\xfe\xff\xff", UnknownEncoding, "sheet-encoding"),
    "text with zeros": ("a.csv", b"a,b\n\0,c\nd,eeeeeeeeeeeeeeeeeeeee", UnknownEncoding, "sheet-encoding"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_an_error_of_its_own(kind: str) -> None:
    name, data, error, code = BAD[kind]
    with pytest.raises(error) as raised:
        read_bytes(name, data)
    assert type(raised.value) is error and raised.value.values.get("reason", error.code) == code
    assert raised.value.exit == 8 and raised.value.values["file"] == name
    for language in words.LANGUAGES:
        for part in ("", "why.", "hint."):
            assert "—" not in words.say(f"{part}{code}", language, **raised.value.values).split(), "a value is missing"


def test_every_error_of_the_room_is_met() -> None:
    every = {kind for kind in vars(unreadable).values() if isinstance(kind, type) and issubclass(kind, Unreadable)} - {Unreadable}
    assert every == {error for _, _, error, _ in BAD.values()}


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(bounds.LARGEST_FILE * 20)  # a hole: it takes no place on the disk
    with pytest.raises(TooLarge) as raised:
        read(path)
    assert raised.value.values["found"] == bounds.LARGEST_FILE * 20


@pytest.mark.parametrize("name", ["gone.xlsx", "."])
def test_a_file_that_is_not_there_and_a_folder_are_said_to_be_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidFile) as raised:
        read(tmp_path / name)
    assert raised.value.problems[0].code in ("system-absent", "system-folder")


def test_bytes_that_are_bent_anywhere_give_a_sheet_or_an_error_of_the_room() -> None:
    """Of each kind that is packed or old: nothing else comes out, whatever byte is other."""
    draw = random.Random(7)  # noqa: S311 the same bytes each time
    for _ in range(150):
        data = bytearray(GOOD)
        for _ in range(draw.randint(1, 8)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        try:
            read_bytes("a.xlsx", bytes(data))
        except Unreadable as error:
            assert error.exit == 8


MEASURED = """
import resource, sys
from pathlib import Path
from engine.office.sheets.reader import read
from engine.office.sheets.unreadable import Unreadable
import python_calamine, docx
from engine.office.sheets import letter, spreadsheet
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read(path)
    except Unreadable:
        pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)
"""


def test_no_bad_file_takes_much_memory(tmp_path: Path) -> None:
    for number, (name, data, _, _) in enumerate(BAD.values()):
        (tmp_path / f"{number:02} {name.replace('$', '')}").write_bytes(data)
    done = subprocess.run([sys.executable, "-c", MEASURED, str(tmp_path)], check=True, capture_output=True, text=True)
    assert int(done.stdout) < 150, "mebibytes more than before"
