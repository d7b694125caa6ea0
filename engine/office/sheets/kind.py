"""Of which kind a file is, by its bytes and never by its name, and the kinds that are refused with what to do instead."""

from __future__ import annotations

from engine.office.sheets.container import Container, measured
from engine.office.sheets.sheet import Kind
from engine.office.sheets.unreadable import BrokenFile, HoldsMacros, LockFile, OfficeEncrypted, OtherKind, PasswordProtected

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_FOREIGN = {
    b"%PDF": "pdf", b"\x89PNG": "picture", b"\xff\xd8\xff": "picture", b"GIF8": "picture", b"BM": "picture", b"II*\0": "picture",
    b"MM\0*": "picture", b"{\\rtf": "doc", b"Rar!": "archive", b"7z\xbc\xaf\x27\x1c": "archive", b"\x1f\x8b": "archive",
    b"MZ": "other", b"\x7fELF": "other", b"SQLite format 3\0": "other",
}
_ENCRYPTED_BY_OFFICE = (b"%TSD-Header-", b"E-SafeNet", b"LOCKFILE", b"TIPGSEC", b"DRMONE", b"ESAFENET", b"CDGFILE", b"Ksafe")
"""What products that encrypt the files of an office write near the beginning of them."""
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def stream_name(name: str) -> bytes:
    """The name of a part of an OLE file, as its directory holds it."""
    return name.encode("utf-16-le")


def packed_kind(name: str, data: bytes) -> tuple[Kind, Container | None]:
    """The kind of a file, and of one that is packed its measured inside.

    Raises OtherKind, PasswordProtected, OfficeEncrypted, HoldsMacros, LockFile, Bomb, TooLarge, BrokenFile.
    """
    if data.startswith(_OLE):
        return _ole_kind(name, data), None
    if data.startswith(_ZIP):
        container = measured(name, data)
        return _zip_kind(container), container
    if any(mark in data[:512] for mark in _ENCRYPTED_BY_OFFICE):
        raise OfficeEncrypted(file=name)
    if name.startswith("~$") and len(data) < 1024:
        raise LockFile(file=name)
    found = next((kind for start, kind in _FOREIGN.items() if data.startswith(start) and (len(start) > 2 or b"\0" in data[:64])), None)
    start = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if found is None and start.startswith((b"<!doctype html", b"<?xml", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        found = "page"
    if found is not None:
        raise OtherKind(reason=f"sheet-is-{found}", file=name)
    return "csv", None


def _ole_kind(name: str, data: bytes) -> Kind:
    """An old workbook, or what else lies in the old container of office programs."""
    if stream_name("EncryptedPackage") in data:
        raise PasswordProtected(file=name)
    if stream_name("WordDocument") in data:
        raise OtherKind(reason="sheet-is-doc", file=name)
    if stream_name("PowerPoint Document") in data:
        raise OtherKind(reason="sheet-is-other", file=name)
    if stream_name("Workbook") not in data and stream_name("Book") not in data:
        raise OtherKind(reason="sheet-is-other", file=name) if len(data) >= 2048 else BrokenFile(file=name, what="ole")
    if stream_name("_VBA_PROJECT") in data:
        raise HoldsMacros(file=name)
    return "xls"


def _zip_kind(container: Container) -> Kind:
    name, members = container.name, container.members
    types = container.text("[Content_Types].xml") if "[Content_Types].xml" in members else b""
    lower = {member.lower() for member in members}
    if any(member.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in member for member in lower) or b"macroEnabled" in types:
        raise HoldsMacros(file=name)
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "word/document.xml" in members:
        return "docx"
    if "mimetype" in members and container.text("mimetype").strip().decode("ascii", "replace").startswith(_ODS):
        if b"encryption-data" in (container.text("META-INF/manifest.xml") if "META-INF/manifest.xml" in members else b""):
            raise PasswordProtected(file=name)
        if any(member.startswith("basic/") and member.endswith(".xml") and "script-l" not in member for member in lower):
            raise HoldsMacros(file=name)
        return "ods"
    if "xl/workbook.bin" in members:
        raise OtherKind(reason="sheet-is-page", file=name)
    if "ppt/presentation.xml" in members:
        raise OtherKind(reason="sheet-is-other", file=name)
    raise OtherKind(reason="sheet-is-archive", file=name)
