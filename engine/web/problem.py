"""An error of the program in words: its status, what happened, why, and what may be done; for programs as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from starlette.responses import Response

from engine.desk.pages import not_theirs
from engine.errors import Busy, Conflict, InvalidFile, LockedOut, NotPossible, NotSignedIn, OutcomeUnknown, Refused, ZgError
from engine.errors import Problem as FileProblem
from engine.views.api import ProblemView
from engine.views.verdicts import reason_view
from engine.web.limits import TooOften
from engine.words import has, say
from engine.words.phrase import Phrase
from engine.words.problem import problem_line

UNPROCESSABLE, FORBIDDEN, CONFLICT = 422, 403, 409
RETRY_SECONDS = "5"
JSON = "application/problem+json"
WHY, HINT = "why", "hint"
COMMAND = re.compile(r"\bzg\b|--[a-z]")
"""What is typed at a terminal is no help to whoever reads a page."""

OF_PAGES, WHY_ON_PAGES = "page.hint.", "page.why."
"""How the codes begin of what pages say instead: what may be done about it, and why it is so."""

OF_PROGRAMS = "api.hint."
"""How the codes begin of what is said to a program where pages speak of menus and buttons."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in words. `reasons` are all that stand against an act, `advice` what may be done about them."""

    status: int
    code: str
    message: str
    why: tuple[str, ...] = ()
    hint: str = ""
    reasons: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def status_of(error: ZgError) -> int:
    """The status of an error. What the rules refuse could not be processed; a conflict is that somebody else was faster."""
    return FORBIDDEN if isinstance(error, Refused) and not_theirs(error.reasons) else status_of_kind(type(error))


def status_of_kind(kind: type[ZgError]) -> int:
    """The status of errors of a kind."""
    if issubclass(kind, Conflict):
        return CONFLICT
    return UNPROCESSABLE if issubclass(kind, Refused | NotPossible) else kind.http


def problem_of(error: ZgError, phrase: Phrase) -> Problem:
    """An error in words."""
    language = phrase.language
    special = error.values.get("reason")
    code = special if isinstance(special, str) and has(special, language) else error.code
    values = phrase.values({"number": "", **error.values})
    for name in ("path", "file"):  # where our folders lie is nobody's business
        if isinstance(values.get(name), str):
            values[name] = PurePath(values[name]).name
    if isinstance(error, Refused) and error.values.get("trigger") is None:
        code = "refused-bare"
    message = say(code, language, **values) if has(code, language) else say("page.problem.unexpected", language)
    why = [fault_line(problem, language) for problem in error.problems] if isinstance(error, InvalidFile) else []
    if not why and not (isinstance(error, Refused) or error.values.get("nearest") == []):
        why = [_own(WHY, code, language, values)]
    told = [line for line in why if line and not COMMAND.search(line)]
    return Problem(
        status_of(error), code, message, tuple(told), _own(HINT, code, language, values), tuple(reasons_of(error, phrase)),
        advice_of(error, phrase),
    )


def fault_line(problem: FileProblem, language: str) -> str:
    """What is wrong with a file, in a line: where our folders lie is nobody's business."""
    return problem_line(problem._replace(file=PurePath(problem.file).name), language)


def reasons_of(error: ZgError, phrase: Phrase) -> Sequence[str]:
    """Every reason that stands against an act."""
    return [phrase.reason(reason) for reason in error.reasons] if isinstance(error, Refused) else []


def advice_of(error: ZgError, phrase: Phrase) -> tuple[str, ...]:
    """What may be done about the reasons, each hint once."""
    if not isinstance(error, Refused):
        return ()
    given = phrase.values({"number": "", **error.values})
    hints = (_own(HINT, reason.code, phrase.language, {**given, **phrase.values(reason.values)}) for reason in error.reasons)
    return tuple(dict.fromkeys(filter(None, hints)))


def _own(kind: str, code: str, language: str, values: Mapping[str, object]) -> str:
    """Why it is so, or what may be done about it (`hint`): in the words of pages where those of a terminal name what is typed there; ""
    where a command alone helps.
    """
    said = next((each for each in (f"{WHY_ON_PAGES if kind == WHY else OF_PAGES}{code}", f"{kind}.{code}") if has(each, language)), None)
    text = say(said, language, **values) if said is not None else ""
    return "" if COMMAND.search(text) else text


def headers_of(error: ZgError) -> dict[str, str]:
    """When to ask again, of what passes by itself; and by what one signs in, of whoever did not."""
    if isinstance(error, LockedOut | TooOften):
        return {"retry-after": str(error.values["seconds"])}
    if isinstance(error, NotSignedIn):
        return {"www-authenticate": "Bearer"}
    return {"retry-after": RETRY_SECONDS} if isinstance(error, Busy | OutcomeUnknown) else {}


def problem_view(error: ZgError, phrase: Phrase) -> ProblemView:
    """An error for a program."""
    found = problem_of(error, phrase)
    own = f"{OF_PROGRAMS}{found.code}"
    hint = say(own, phrase.language) if has(own, phrase.language) else found.hint or " ".join(found.advice) or None
    reasons = error.reasons if isinstance(error, Refused) else ()
    view: ProblemView = {
        "type": "about:blank", "title": found.message, "status": found.status, "code": found.code, "detail": " ".join(found.why) or None,
        "hint": hint, "reasons": [reason_view(reason, phrase) for reason in reasons],
        "needs": list(dict.fromkeys(name for reason in reasons for name in reason.needs)),
    }
    if isinstance(error, InvalidFile):
        view["faults"] = [
            {"code": problem.code, "where": problem.where, "message": fault_line(problem, phrase.language)} for problem in error.problems
        ]
    return view


def json_problem(error: ZgError, phrase: Phrase) -> Response:
    """An error as the answer to a program."""
    view = problem_view(error, phrase)
    return Response(json.dumps(view, ensure_ascii=False), view["status"], headers_of(error), JSON)
