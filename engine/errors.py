"""Every error the program tells people about: typed, with a code and an exit code.

The texts people read lie in `engine/words` under the code, in every language: what happened, why, what to do next. An error holds
codes and values, never a sentence; its docstring is what a traceback shows.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple


class Reason(NamedTuple):
    """Why something is refused: a code of `engine/words` and the values its text names.

    `needs` are the inputs whose absence is all that this reason is about: with them it would not stand. Most reasons have none.
    """

    code: str
    values: Mapping[str, object] = MappingProxyType({})
    exit: int = 5
    needs: tuple[str, ...] = ()


class Problem(NamedTuple):
    """A fault of a file or a calendar, which is collected and shown with all the others.

    `code` is the key of its text in `engine/words`, and `values` are what the text names. `where` is its path inside the document
    (`units[FGW].kind`), `file` and `line` its position on the disk.
    """

    code: str
    line: int | None = None
    values: Mapping[str, object] = MappingProxyType({})
    file: str = ""
    where: str = ""

    @classmethod
    def at(cls, code: str, where: str = "", /, **values: Any) -> Problem:
        """The fault `code` of the part of a document at the path `where`."""
        return cls(code, None, values, "", where)

    def within(self, where: str) -> Problem:
        """The same fault with its path put under `where`, the part of the document that it lies in."""
        return self._replace(where=f"{where}: {self.where}" if self.where else where)

    def __str__(self) -> str:
        """For a traceback; people read the text of the code."""
        return ": ".join(part for part in (self.file, self.where, f"{self.code} {dict(self.values)}" if self.values else self.code) if part)


SYSTEM_ERRORS = {
    errno.ENOENT: "system-absent", errno.ENOTDIR: "system-absent", errno.EACCES: "system-denied", errno.EPERM: "system-denied",
    errno.EISDIR: "system-folder", errno.ENOSPC: "system-full", errno.EROFS: "system-read-only", errno.EEXIST: "system-exists",
    errno.ENXIO: "system-no-file",
}
"""The codes of the texts for errors of the operating system; the message of any other error is quoted."""


def os_reason(error: OSError) -> Reason:
    """Why the operating system refused an operation."""
    return Reason(SYSTEM_ERRORS.get(error.errno or 0, "system-other"), {"message": error.strerror or str(error)})


def os_problem(error: OSError | UnicodeError, file: str = "") -> Problem:
    """Why a file was not read or written: what the operating system says, or that it is no UTF-8 text."""
    if isinstance(error, UnicodeError):
        return Problem("problem-no-utf8", None, {"place": getattr(error, "start", 0)}, file)
    reason = os_reason(error)
    return Problem(reason.code, None, reason.values, file)


class ZgError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"
    exit: int = 1
    http: ClassVar[int] = 500

    def __init__(self, **values: Any) -> None:
        """`reason`, where it is given, is the code of a text that says more than the code of the class."""
        details = ": ".join(str(values[name]) for name in ("reason", "message") if name in values)
        super().__init__(f"{self.__doc__} ({details})" if details else self.__doc__)
        self.values = values

    @property
    def stops_all(self) -> bool:
        """Whether it is no fault of the one row or file in hand: nobody may any more, or nothing can be written, so that no other goes
        through either.
        """
        return self.exit in (1, 4, 75)


class UsageError(ZgError):
    """The command line does not say what to do in a way we understand."""

    code = "usage"
    exit = 2
    http = 422


class NotFound(ZgError):
    """There is no such thing here."""

    code = "not-found"
    exit = 3
    http = 404


class TicketNotFound(NotFound):
    """There is no such ticket, or it is not yours to see."""

    code = "ticket-not-found"


class BatchNotFound(NotFound):
    """There is no such batch."""

    code = "batch-not-found"


class VisitNotFound(NotFound):
    """There is no such visit."""

    code = "visit-not-found"


class FeedbackNotFound(NotFound):
    """There is no such complaint or review."""

    code = "feedback-not-found"


class RoundNotFound(NotFound):
    """There is no such round of evaluation."""

    code = "round-not-found"


class UnitNotFound(NotFound):
    """No unit goes by that name."""

    code = "unit-not-found"


class UnitEnded(NotFound):
    """The unit is no more."""

    code = "unit-ended"


class AccountNotFound(NotFound):
    """No active account goes by that name."""

    code = "account-not-found"


class AmbiguousAccount(UsageError):
    """The unit has no contact, or several: say which account acts."""

    code = "account-ambiguous"


class WorkflowNotFound(NotFound):
    """No workflow of that name is in the record."""

    code = "workflow-not-found"


class DefinitionNotFound(NotFound):
    """The record does not hold the definition this ticket is pinned to."""

    code = "definition-not-found"


class UnknownRule(ZgError):
    """The workflow of this ticket names a guard or an effect that this program does not have."""

    code = "rule-unknown"


class NotPermitted(ZgError):
    """This actor may not do that."""

    code = "not-permitted"
    exit = 4
    http = 403


class NotSignedIn(ZgError):
    """Name and password, or the token, open nothing here."""

    code = "not-signed-in"
    exit = 4
    http = 401


class LockedOut(ZgError):
    """Too many failed attempts to sign in."""

    code = "locked-out"
    exit = 4
    http = 429


class WeakPassword(ZgError):
    """The password is too easy to guess."""

    code = "weak-password"
    exit = 5
    http = 422


class Refused(ZgError):
    """The rules do not allow it now. `reasons` holds every one that stands against it."""

    code = "refused"
    exit = 5
    http = 409

    def __init__(self, reasons: Sequence[Reason], /, **values: Any) -> None:
        super().__init__(**values)
        self.reasons = tuple(reasons)
        self.exit = 4 if any(reason.exit == 4 for reason in reasons) else max((reason.exit for reason in reasons), default=5)

    @property
    def stops_all(self) -> bool:
        """Reasons are those of the one thing that was refused."""
        return False


class NotPossible(ZgError):
    """That is not possible now."""

    code = "not-possible"
    exit = 5
    http = 409


class Conflict(ZgError):
    """Somebody else changed it in the meantime."""

    code = "conflict"
    exit = 6
    http = 412


class KeyTaken(Conflict):
    """The same key was used before with other content."""

    code = "key-taken"


class InvalidInput(ZgError):
    """A value is not acceptable."""

    code = "invalid"
    exit = 5
    http = 422


class InvalidFile(ZgError):
    """The file or its data is not valid."""

    code = "invalid-file"
    exit = 8
    http = 422

    def __init__(self, problems: Sequence[Problem] = (), **values: Any) -> None:
        super().__init__(count=len(problems), **values)
        self.problems = tuple(problems)
        """Every fault of the file, so that one reading mends them all."""

    def __str__(self) -> str:
        return "\n".join((str(self.args[0]), *map(str, self.problems)))


class AuditBroken(ZgError):
    """The audit log does not verify."""

    code = "audit-broken"
    exit = 9


class FileBroken(AuditBroken):
    """The store of evidence has no whole copy of a file that the record cites."""

    http = 404


class WriteRefused(ZgError):
    """The record may be read here, and not be written to: a medium that is read-only, an account without the rights, a standby."""


class DiskFull(ZgError):
    """There is no room where the record lies; nothing was done."""

    http = 507


class Busy(ZgError):
    """The database is busy or cannot be reached; the same command may be repeated."""

    code = "busy"
    exit = 75
    http = 503


class SignInsBusy(Busy):
    """More people sign in at once than passwords are looked at; each takes much memory."""

    code = "sign-in-busy"


class OutcomeUnknown(ZgError):
    """The connection to the database broke during the commit; whether the change was kept is not known."""

    code = "outcome-unknown"
    http = 503


class Damaged(ZgError):
    """What lies in the database is not what this program wrote."""

    code = "damaged"


class NoDatabase(ZgError):
    """There is no Zhenggai database here yet."""

    code = "no-database"
    exit = 3


class OutputFailed(ZgError):
    """The output of the command could not be written."""

    code = "output-failed"


class WrongSchema(ZgError):
    """The database has another schema version than this program."""

    code = "wrong-schema"


class RealClock(NotPossible):
    """Only a sandbox's clock can be moved."""

    code = "real-clock"


class ClockBackwards(NotPossible):
    """A sandbox's clock moves forward only."""

    code = "clock-backwards"
