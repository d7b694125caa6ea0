"""Why a file is not read as a sheet: every kind of bad file is an error of its own, and says what to do about it."""

from __future__ import annotations

from typing import ClassVar

from engine.errors import InvalidFile


class Unreadable(InvalidFile):
    """The file is no sheet that can be read."""

    code: ClassVar[str] = "sheet-unreadable"


class EmptyFile(Unreadable):
    """The file is empty, or no cell of it holds anything."""

    code = "sheet-empty"


class OtherKind(Unreadable):
    """The file is of another kind, which `reason` names where it is known."""

    code = "sheet-other-kind"


class LockFile(Unreadable):
    """The file is the mark that an office program leaves beside a file that is open."""

    code = "sheet-lock-file"


class PasswordProtected(Unreadable):
    """The file opens with a password only."""

    code = "sheet-password"


class OfficeEncrypted(Unreadable):
    """The encryption of an office's own file system lies upon the file."""

    code = "sheet-encrypted"


class HoldsMacros(Unreadable):
    """The file carries a program."""

    code = "sheet-macros"


class Bomb(Unreadable):
    """The file unpacks to far more than it seems to hold."""

    code = "sheet-bomb"


class TooLarge(Unreadable):
    """The file holds more than is read at once: `reason` says of what, `found` how much, `limit` how much is read."""

    code = "sheet-too-large"


class BrokenFile(Unreadable):
    """The file is cut off or broken."""

    code = "sheet-broken"


class UnknownEncoding(Unreadable):
    """No encoding that is known makes readable text of the file."""

    code = "sheet-encoding"
