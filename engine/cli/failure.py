"""An error as three lines on standard error: what happened, why, what to run next. And its exit code."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from engine.cli.call import Call, dumped
from engine.cli.mistyped import from_click
from engine.cli.terminal import clean, display_width
from engine.errors import Damaged, InvalidFile, InvalidInput, Reason, Refused, ZgError
from engine.words import has, say
from engine.words.phrase import Phrase
from engine.words.problem import problem_line

if TYPE_CHECKING:
    from engine.app.opening import AppContext

INTERRUPTED = 130
USAGE = 2

_PASSWORD = re.compile(r"""(://[^\s:/@]*:)[^\s/]*(?=@)|(?<=password=)[^\s&"']+""")

FOR_OTHERS = frozenset({
    "accept-limit-past", "sign-off-missing", "endorsement-missing", "sent-back-before", "no-request", "scan-missing", "consent-missing",
    "own-unit", "own-hands",
})
"""Refusals whose hint says which other person is to act."""

_ORDER = re.compile(r"\bzg ([a-z-]+)")
"""The command of an order to the shell."""

_VALUE = r"'[^']*'|\"[^\"]*\"|[^\s,;.，。；）)'\"-][^\s,;，。；）)]*"
_WHOLE_ORDER = re.compile(rf"\bzg (?:--as \S+ )?(?P<trigger>[a-z-]+) [A-Z0-9-]+(?P<options>(?: --[a-z-]+(?: (?:{_VALUE}))?)*)")
"""An order about a ticket, with its number and options. What follows it in a sentence begins with no hyphens."""

LONGEST_LINE = 600
"""The longest text that is repeated whole, in characters. Whoever typed more knows what it was."""


@contextmanager
def refusing(act: str) -> Iterator[None]:
    """Lets a refusal say which act was refused; a refusal that knows it keeps what it knows."""
    try:
        yield
    except Refused as error:
        error.values.setdefault("trigger", act)
        raise


def report(error: BaseException, call: Call) -> int:
    """Prints what went wrong and returns the exit code. A traceback is printed only with `--debug`."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        sys.stderr.write(error.format_message() + "\n")
        return USAGE
    if isinstance(error, click.Abort | KeyboardInterrupt):
        _report_interruption(call)
        return INTERRUPTED
    if call.debug and not isinstance(error, click.ClickException):
        import traceback  # only `--debug` shows one

        sys.stderr.write(without_passwords("".join(traceback.format_exception(error))))
    expected = _as_our_error(error, call.language)
    if call.opened is not None and (expected is None or isinstance(expected, Damaged)):
        expected = _damage(error, call.opened, call) or expected
    if expected is None:
        why = say("why.unexpected", call.language, error=f"{type(error).__name__}: {error}")
        _write_error(call, "unexpected", say("unexpected", call.language), [why], say("hint.unexpected", call.language), [])
        return 1
    return _report_expected(expected, call)


def _report_interruption(call: Call) -> None:
    """Says whether anything was written before the interruption; of a command that opened no record, nothing."""
    if call.opened is None:
        return
    kept, unsure = call.opened.database.kept, call.opened.database.unsure
    code = "interrupted-unsure" if unsure else "interrupted-kept" if kept else "interrupted"
    hint = say("hint.interrupted", call.language) if kept or unsure else ""
    _write_error(call, code, say(code, call.language, count=kept), [], hint, [])


def _as_our_error(error: BaseException, language: str) -> ZgError | None:
    """The error as one of our own kinds; None for an error that nobody expected."""
    from engine.rules.worktime import CalendarError  # every command imports this file, and `--help` counts no days

    if isinstance(error, click.ClickException):
        return from_click(error, language)
    if isinstance(error, CalendarError):
        return InvalidInput(reason="when-out-of-range", text="; ".join(problem_line(problem, language) for problem in error.problems))
    if isinstance(error, UnicodeEncodeError) or "embedded null byte" in str(error):  # the name of no file
        return InvalidInput(reason="not-storable")
    return error if isinstance(error, ZgError) else None


def _damage(error: BaseException, app: AppContext, call: Call) -> Damaged | None:
    """What of the record an error comes from, by its place and what is wrong there; None where it is no damage."""
    from engine.app.auditing import damage  # every command imports this file, and few of them fail
    from engine.cli.finding import place_of, sentence_of

    found = damage(app, error)
    if found is None or "finding" not in found.values:
        return found
    finding = found.values["finding"]
    return Damaged(detail=f"{place_of(call, finding)}  {sentence_of(call, finding)}")


def one_line(error: Exception, call: Call) -> str:
    """What happened, without the reason and the next step: for a log."""
    expected = _as_our_error(error, call.language)
    if expected is None:
        return say("why.unexpected", call.language, error=f"{type(error).__name__}: {error}")
    phrase = Phrase(call.language)
    return phrase.say(most_telling_code(expected, call.language), **expected.values)


def _report_expected(error: ZgError, call: Call) -> int:
    try:
        return _report_with_names(error, call, call.phrase(_definition_of(error, call)))
    except ZgError:  # the names of units cannot be read either: codes must do
        return _report_with_names(error, call, Phrase(call.language))


def _report_with_names(error: ZgError, call: Call, phrase: Phrase) -> int:
    code = most_telling_code(error, call.language)
    values = phrase.values({"number": "NO", **error.values})
    message = say(code, call.language, **values) if has(code, call.language) else str(error)
    if isinstance(error, Refused):
        return _report_refusal(error, call, phrase, message, values)
    why = [*_problem_lines(error, call.language)]
    if not why and has(f"why.{code}", call.language):
        nothing_near = error.values.get("nearest") == []
        why = [say("why.not-found" if nothing_near else f"why.{code}", call.language, **values)]
    hint = say(f"hint.{code}", call.language, **values) if has(f"hint.{code}", call.language) else ""
    _write_error(call, code, message, why, hint, [])
    return error.exit


def _report_refusal(error: Refused, call: Call, phrase: Phrase, message: str, values: Mapping[str, Any]) -> int:
    """Prints a refusal, every reason on its own line; the hint is that of the first reason that has one."""
    if error.values.get("trigger") is None:
        message = say("refused-bare", call.language, **values)
    elif error.values.get("number") is None:
        message = say("refused-new", call.language, **values)
    reasons = [
        {"code": reason.code, "message": phrase.reason(reason), "values": _json_values(reason.values)} for reason in error.reasons
    ]
    hints = {
        reason.code: say(_hint_code(reason), call.language, **{**values, **phrase.values(reason.values)})
        for reason in error.reasons if has(f"hint.{reason.code}", call.language)
    }
    usual = say("hint.state-wrong", call.language, **values) if hints else ""
    hint = next((text for code, text in hints.items() if code in FOR_OTHERS or _may_follow(text, error, call)), usual)
    hint = _completed(hint, error, call, phrase)
    _write_error(call, error.code, message, [str(reason["message"]) for reason in reasons], hint, reasons)
    return error.exit


def _hint_code(reason: Reason) -> str:
    """The code of a reason's hint: where others of the kind could be named instead, of the hint that names them."""
    return f"hint.{reason.code}-others" if reason.code == "consent-missing" and "others" in reason.values else f"hint.{reason.code}"


def _may_follow(hint: str, error: Refused, call: Call) -> bool:
    """Whether the actor may do now what a hint says."""
    definition, ticket = _definition_of(error, call), error.values.get("ticket")
    if definition is None or ticket is None:
        return True
    from engine.rules.access import may_act  # every command imports this file, and few are refused

    named = [definition.triggers[name] for name in _ORDER.findall(hint) if name in definition.triggers]
    return all(ticket.state in trigger.sources and may_act(call.app.actor, ticket, trigger) for trigger in named)


def _completed(hint: str, error: Refused, call: Call, phrase: Phrase) -> str:
    """The hint, each of whose orders gives what the trigger asks of a ticket of this grade: who approved it, for one across departments."""
    definition, ticket = _definition_of(error, call), error.values.get("ticket")
    if definition is None or ticket is None:
        return hint
    grade = definition.grade_of(ticket.grade)

    def whole(order: re.Match[str]) -> str:
        trigger = definition.triggers.get(order["trigger"])
        asked = [item.name for item in trigger.input if item.required(grade)] if trigger is not None else []
        given = order["options"].split()
        return " ".join([order[0], *(phrase.option(name, order["trigger"]) for name in asked if phrase.option_name(name) not in given)])

    return _WHOLE_ORDER.sub(whole, hint)


def _write_error(call: Call, code: str, message: str, why: list[str], hint: str, reasons: list[dict[str, Any]]) -> None:
    call.end_page()
    sys.stdout.flush()
    if call.json:
        node = {
            "code": code, "message": _shortened(message), "hint": hint,
            "reasons": reasons or [{"message": _shortened(line)} for line in why],
        }
        sys.stderr.write(dumped({"error": node, **call.taken_warnings()}) + "\n")
        return
    parts = {"error.heading": [message], "why.heading": why, "next.heading": [hint]}
    lines = [_with_heading(heading, texts, call) for heading, texts in parts.items()]
    sys.stderr.write("".join(f"{line}\n" for line in lines if line))


def without_passwords(text: str) -> str:
    """A text in which the passwords of database addresses are hidden, wherever they were typed."""
    return _PASSWORD.sub(r"\1***", text)


def _shortened(text: str) -> str:
    text = without_passwords(text)
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE // 2]}…{text[-LONGEST_LINE // 4 :]}"


def _with_heading(code: str, texts: list[str], call: Call) -> str:
    shown = [part for text in texts for part in _shortened(clean(text, lines=True)).splitlines() if part]
    if not shown:
        return ""
    head = say(code, call.language)
    indent = " " * display_width(head)
    return "\n".join(f"{head if index == 0 else indent}{text}" for index, text in enumerate(shown))


def most_telling_code(error: ZgError, language: str) -> str:
    """The code whose text says most about an error: its special reason if it has one, else its own code."""
    special = error.values.get("reason")
    return special if isinstance(special, str) and has(special, language) else error.code


def _problem_lines(error: ZgError, language: str) -> list[str]:
    """The problems of an invalid file, one a line; of another error, none."""
    return [problem_line(problem, language) for problem in error.problems] if isinstance(error, InvalidFile) else []


def _definition_of(error: ZgError, call: Call) -> Any:
    ticket = error.values.get("ticket")
    try:
        if ticket is None and {"what", "number"} <= error.values.keys():
            ticket = call.app.desk.ticket(call.app.actor, str(error.values["number"]))
        return call.app.desk.definition(ticket) if ticket is not None else None
    except ZgError:
        return None


def _json_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a reason as JSON can hold them: what was typed may be anything, lone surrogates too."""
    from engine.rules.acts.given import facts_json  # every command imports this file, and few are refused

    return facts_json({name: _shortened(clean(value)) if isinstance(value, str) else value for name, value in values.items()})
