"""No sentence that people read stands in the program itself: all of them lie in `engine/words`, by code, in every language."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import engine

ENGINE = Path(engine.__file__).parent

SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z]+|[\u3400-\u9fff]")
"""Words with a blank between them, or a Chinese character."""

SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|BEGIN|PRAGMA|WITH|LIKE|NULLS?|OR|AND|NOT|IN|AS|BY|LOCK|JOIN|SAVEPOINT|CASE|SHARE|UNION)\b"
)
"""Statements are written in capitals; nothing that people read is."""

FAULTS_OF_THE_PROGRAM = {"ValueError", "TypeError", "RuntimeError", "LookupError", "OverflowError", "NotCanonical"}
"""What only a programmer reads, in a traceback: no caller of these tells its text to people."""

ELSEWHERE = {
    "audit/witness_server.py": "what a witness says to the program that asks it",
    "app/founding.py": "titles of the first accounts: data of the record, which an office changes",
    "record/settings.py": "the name of the office until it has one of its own: data of the record",
    "record/projected.py": "names of tables and columns",
    "cli/demo.py": "what the people of the demonstration type",
    "rules/worktime/amount.py": "units of time as people type them and definitions hold them",
    "rules/worktime/when.py": "days as people type them",
    "rules/worktime/day_names.py": "days as offices name them",
    "rules/worktime/period.py": "days as people type them together",
    "views/today.py": "commands as people type them",
    "rules/ticket_number.py": "numbers as people type them",
    "rules/worktime/hours.py": "seasons and hours as people type them",
    "rules/worktime/statutory.py": "the holidays' own names, as notices write them",
    "rules/worktime/plausible.py": "the last character of a holiday's name, as notices write it",
    "registry/yaml_fault.py": "what the parser of YAML says, by which its errors are known",
    "registry/notice_file.py": "how published calendars mark days off and make-up days",
    "rules/timing/parts.py": "an amount of a definition",
    "rules/acts/proposals.py": "an amount of a definition",
    "rules/check/ladders.py": "an amount of a definition",
    "rules/unit_names.py": "how a city's units are called by short names",
    "rules/ticket.py": "what the row of a ticket holds in place of an erased title",
    "rules/json_value.py": "a type, written as text because it names itself",
    "rules/drawing.py": "the language of Mermaid",
    "office/complaints/columns.py": "the heads under which senders keep what they send",
    "office/assigning.py": "the heads under which a list of tasks has its letter",
    "office/ledger/heads.py": "the heads that offices write above their columns",
    "office/ledger/columns.py": "words in the heads of columns",
    "office/ledger/dates.py": "days as offices write them",
    "office/ledger/status.py": "how ledgers say what became of an item",
    "office/ledger/parties.py": "how ledgers say who leads",
    "office/ledger/progress.py": "words in remarks",
    "office/ledger/limits.py": "words that stand for a limit",
    "office/ledger/earlier.py": "how ledgers name earlier findings",
    "office/ledger/leads.py": "names of people, as they stand beside units",
    "office/ledger/year.py": "years in titles and numbers",
    "office/visits/importing.py": "the heads under which sheets say where something was seen",
    "office/rounds/columns.py": "the heads under which offices keep results",
    "office/rounds/names.py": "subjects that are no units, and heads that are no subjects",
    "office/rounds/numbers.py": "what people write for results, ranks and units of measure",
    "office/rounds/results.py": "how people write what was settled of a point",
    "office/sheets/displayed.py": "how sheets show days, by the formats that files hold",
    "office/sheets/cells.py": "what people write for the text of the cell above",
    "office/sheets/heading.py": "how people begin signatures, totals and notes below a table",
    "office/sheets/workbook.py": "the name of a typeface, and how days are shown",
    "web/headers.py": "what browsers are told of a page, in their own language", "web/assets.py": "how long browsers may keep a file",
    "web/endpoints/files.py": "how browsers are told the name of a file",
    "web/download.py": "how browsers are told the name of a file",
    "web/endpoints/live.py": "what browsers are sent that something changed",
    "web/workers.py": "a line of the log, as the server's own are",
    "office/sheets/kind.py": "what programs write at the beginning of their files",
}
"""Files whose literals are no sentences of the program, and what they are. A file that is not here may have none."""

STATEMENTS = ("record/queries/", "record/migrations/versions/")
"""Folders that hold SQL and the names of columns, and nothing else."""

NO_SENTENCES = {
    "zg list": "a command", "zg count": "a command", "zg calendar due": "a command", "zg user stand-in": "a command",
    "zg workflow migrate": "a command", "zg export": "a command", "zg can ": "a command", "zg view save": "a command",
    "--db URL": "an option", "--as ACTOR": "an option", "--color auto|always|never": "an option",
    "<清空>": "typed into a cell that is to be emptied", "是": "typed for yes", "否": "typed for no",
    "embedded null byte": "Python's text, recognized", "in progress": "PostgreSQL's word", "no such table": "SQLite's text, recognized",
    "no such column": "SQLite's text, recognized", "Could not decode": "SQLite's text, recognized",
    " UNION ALL ": "a part of a statement",
    " NO SCROLL CURSOR FOR ": "a part of a statement", "authentication failed": "PostgreSQL's text, recognized",
    "no password supplied": "PostgreSQL's text, recognized", "application/json; charset=utf-8": "a kind of content",
    "application/cloudevents+json; charset=utf-8": "a kind of content", 'database ".*" does not exist': "a pattern of PostgreSQL's text",
    r"invalid (port number|\w+ value)|Servname not supported": "a pattern of PostgreSQL's text",
    "TABLE DATA": "what pg_dump calls the rows of a table",
    r"\{(lock|share|kept|free|from given|and given)\}": "a pattern of our statements", "{from given}": "a mark in our statements",
    "{and given}": "a mark in our statements",
}
"""Literals that are no sentences, wherever they stand."""


def literals(tree: ast.AST) -> list[str]:
    """Every text in the source but docstrings, types, and what only a fault of the program shows."""
    unread: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            unread.add(node.value)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and getattr(node.exc.func, "id", "") in FAULTS_OF_THE_PROGRAM:
            unread.update(ast.walk(node.exc))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "cast":
            unread.add(node.args[0])
    return [
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in unread
    ]


def sentences(texts: list[str]) -> list[str]:
    """What people would read of these literals."""
    return [text for text in texts if SENTENCE.search(text) and not SQL.search(text) and text not in NO_SENTENCES]


@cache
def files() -> dict[str, list[str]]:
    """Every literal of every file that may have sentences."""
    found = {path.relative_to(ENGINE).as_posix(): path for path in sorted(ENGINE.rglob("*.py"))}
    read = {name: path.read_text(encoding="utf-8") for name, path in found.items() if not name.startswith(("words/", *STATEMENTS))}
    return {name: literals(ast.parse(source)) for name, source in read.items()}


def test_every_sentence_lies_in_the_words() -> None:
    found = {name: sentences(texts) for name, texts in files().items() if name not in ELSEWHERE}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_no_exception_outlives_its_reason() -> None:
    known = files()
    assert [name for name in ELSEWHERE if name not in known or not sentences(known[name])] == []
    every = {text for texts in known.values() for text in texts}
    assert [text for text in NO_SENTENCES if text not in every] == []


@pytest.mark.parametrize("source", [
    'raise UsageError("no database file is named", url=url)', 'raise ZgError(f"{path} is a folder, not a database")',
    'raise InvalidFile(problems=[f"{name}: does not belong here"])', 'call.out("整改中")', 'click.echo("Done at last")',
    'sys.stderr.write(f"{count} things went wrong\\n")', 'def why():\n    "Why not."\n    return "it is too late"',
    'problems.append(f"{key}: no such section")', 'HINT = "run it again"',
])
def test_a_sentence_in_the_program_is_found(source: str) -> None:
    assert len(sentences(literals(ast.parse(source)))) == 1


@pytest.mark.parametrize("source", [
    '"""What it is."""', 'X = 1\n"""What X is."""', 'raise ValueError("a ticket without events")', 'x = cast("Mapping[str, Deadline]", y)',
    'say("why.heading", language)',
    'rows("SELECT id FROM ticket WHERE number = :number")', 'Problem.at("problem-no-zone", "zone", value=zone)',
])
def test_what_nobody_reads_is_no_sentence(source: str) -> None:
    assert sentences(literals(ast.parse(source))) == []
