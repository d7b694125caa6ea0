"""Messages of other programs, many in one request: each is taken in by itself, and of each it is said what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.errors import Problem, Refused, UsageError, ZgError
from engine.office.complaints.messages import Misread
from engine.views.api import FaultView
from engine.web.api.answer import sent_json
from engine.web.api.several import MULTI_STATUS
from engine.web.context import Context
from engine.web.limits import BadForm
from engine.web.problem import status_of
from engine.words.phrase import Phrase
from engine.words.problem import problem_line

MESSAGES = "messages"
MOST_MESSAGES = 200
"""Messages that one request may bring."""

NOBODYS_FAULT = frozenset({1, 4, 75})
"""Exit codes of what no message is to blame for: nobody may any more, or nothing can be written."""


def messages_of(context: Context) -> Sequence[Mapping[str, object]]:
    """The messages that were sent. Raises BadForm, UsageError (none, or too many)."""
    sent = sent_json(context.form)
    messages = sent.get(MESSAGES)
    if sent.keys() != {MESSAGES} or not isinstance(messages, list) or not all(_is_message(item) for item in messages):
        raise BadForm(reason="bad-messages")
    if not 0 < len(messages) <= MOST_MESSAGES:
        raise UsageError(reason="messages-most", most=MOST_MESSAGES)
    return messages


def faults_of(error: ZgError | Misread, phrase: Phrase) -> list[FaultView]:
    """What is wrong with a message. Raises the error where no message is to blame."""
    if isinstance(error, Misread):
        problems = error.problems
    elif isinstance(error, Refused):
        problems = tuple(Problem(reason.code, None, reason.values) for reason in error.reasons)
    elif error.exit in NOBODYS_FAULT or status_of(error) >= 500:
        raise error
    else:
        problems = (Problem(str(error.values.get("reason", error.code)), None, error.values),)
    return [{"code": item.code, "where": item.where, "message": problem_line(item, phrase.language)} for item in problems]


def status_of_each(faults: Iterable[Sequence[FaultView]]) -> int:
    """The status of an answer about many messages, by what is wrong with each."""
    return MULTI_STATUS if any(faults) else 200


def _is_message(item: object) -> bool:
    return isinstance(item, dict) and not any(isinstance(value, dict | list) for value in item.values())
