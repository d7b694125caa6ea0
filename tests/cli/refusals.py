"""What must be refused: command, who asks, the exit code of DESIGN §7, and the code of the error or of one of its reasons.

The tickets are those of `stock` in test_refusals.py,
each in the state its name says; the sandbox's clock stands at 2020-09-25 10:00.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

LATE, FOUND, ASSIGNED, RECTIFYING, SUBMITTED, VERIFIED, SUSPENDED, WITHDRAWN = (str(number) for number in range(1, 9))
GRADE_A, ASKED, DESIGNATED, DENIED, DENIED_TWICE, OVERDUE, COMPLAINT = (str(number) for number in range(9, 16))
LEAD, COOPERATOR, OTHER, HEAD = "市市场监管局", "市税务局", "市公安局", "scjgj-head"
GROUP = "各县（市、区）"
STRANGERS = ("auditor", "leader", "admin")


@dataclass(frozen=True)
class Bad:
    """One thing that must be refused. `errors` is how many tickets are refused by it, `json` whether the command has `--json`."""

    exit: int
    code: str
    words: tuple[str, ...]
    actor: str | None = None
    given: str = ""
    db: str | None = None
    toml: str | None = None
    errors: int = 1
    json: bool = True

    @property
    def name(self) -> str:
        said = " ".join((*(("--as", self.actor) if self.actor is not None else ()), *self.words))
        return f"{ascii(said)[1:61]}-{self.code}"


def bad(exit: int, code: str, *words: str, actor: str | None = None, **more: object) -> Bad:  # noqa: A002
    return Bad(exit, code, words, actor, **more)  # type: ignore[arg-type]


def opening(code: str, title: str = "材料重复提交", *options: str, exit: int = 5) -> Bad:  # noqa: A002
    return bad(exit, code, "open", title, "--source", "visit", *options)


def cursor(**said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


UNSEEN = (
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c",
    "\ufeff", "\ud800", "\udcff", "\u0378", "\ue000",
)
"""Control characters, marks that turn the reading direction, lone surrogates, code points that mean nothing."""

NO_TIMES = (
    ("when-not-understood", (
        "", "大前天", "soon", "-3d", "1e3d", "0x10d", "5 fortnights", "٣d", "2020", "T12:00", "NaN", "2020-10-09T",
        "2020-10-09 noon", "5", "wd", "x" * 10_000, "\x00", "\ud800", "9" * 400 + "d", "'; DROP TABLE ticket",
    )),
    ("when-no-such-date", ("2020-13-01", "2020-02-30", "2021-02-29", "2020-00-10", "10月32日", "13月1日", "0月0日")),
    ("when-no-such-time", ("2020-10-09T25:00", "2020-10-09T12:60", "2020-10-09T12:00+99:99")),
    ("when-out-of-range", ("1900-01-01", "1989-12-31", "2201-01-01", "9999-12-31", "99999wd", "99999mo")),
    ("when-amount-out-of-range", ("100000wd", "9" * 50 + "d")),
)
"""What is no time, by what is wrong with it."""

NO_NUMBERS = (
    "0", "999", "999999999", "99999999999999999999", "abc", "ZG-2020-9999", "ZG-1999-0001", "XX-2020-0001", "ZG-2020-", "ZG--1",
    "ZG-2020-0001; DROP TABLE ticket", "%", "1.5", "1e3", "", " ", "\x00", "\ud800", "\u202e1", "ZG-2020-" + "9" * 400, "x" * 10_000,
)
"""What is the number of no ticket."""

NO_UNITS = ("市不存在局", "", " ", "市", "x" * 10_000, "市公\x00安厅", "\ud800", "%", "市税务局、市", "' OR 1=1 --")
"""What is the name of no unit."""

NO_CURSORS = (
    "x", "e30", "!!", "bnVsbA", "\ud800", "\x00", "ＡＢ", "[" * 100_000, base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    *(cursor(v=value, n="ZG-2020-0001") for value in (1, "x", [1], {}, True, 10**30, "\ud800", "2020-99-09T00:00:00.000000Z")),
    *(cursor(v=None, n=number) for number in (10**30, True, "1", "x", "ZG-2020-" + "9" * 30, None)), cursor(v=None), cursor(v=None, i=1),
    cursor(n="ZG-2020-0001"),
)
"""What is no place in a list."""

OFFICE_ONLY = (
    (("assign", FOUND, "--lead", OTHER), ()), (("verify", SUBMITTED), (LEAD, COOPERATOR)),
    (("reject", SUBMITTED, "--reason", "x"), (LEAD, COOPERATOR)),
    (("withdraw", ASSIGNED, "--reason", "x"), (LEAD, COOPERATOR)),
    (("suspend", RECTIFYING, "--reason", "x"), (LEAD, COOPERATOR, HEAD)),
    (("resume", SUSPENDED), (LEAD, COOPERATOR)), (("grant", ASKED), (LEAD, COOPERATOR)),
    (("refuse", ASKED, "--reason", "x"), (LEAD, COOPERATOR)),
    (("reopen", VERIFIED, "--reason", "x"), (LEAD, COOPERATOR)),
    (("reassign", ASSIGNED, "--lead", OTHER, "--reason", "x"), (LEAD, COOPERATOR)),
    (("amend", RECTIFYING, "--title", "x", "--reason", "x"), (LEAD, COOPERATOR, HEAD)),
    (("link", RECTIFYING, "--duplicate-of", SUBMITTED), (LEAD, COOPERATOR)),
    (("unlink", RECTIFYING, "--reason", "x"), (LEAD, COOPERATOR)),
)
"""What the supervision office does alone, with whoever of the ticket's units tries it."""

LEAD_ONLY = (
    ("accept", ASSIGNED), ("decline", ASSIGNED, "--reason", "x"), ("submit", RECTIFYING, "--note", "x"),
    ("request-extension", RECTIFYING, "--to", "2020-10-14", "--reason", "x"),
)

WRONG_STATES = (
    (None, ("assign", RECTIFYING, "--lead", OTHER)), (LEAD, ("accept", RECTIFYING)),
    (LEAD, ("decline", RECTIFYING, "--reason", "x")),
    (COOPERATOR, ("sign-off", ASSIGNED)), (HEAD, ("endorse", ASSIGNED)), (LEAD, ("submit", ASSIGNED, "--note", "x")),
    (None, ("verify", RECTIFYING)),
    (None, ("verify", FOUND)), (None, ("verify", VERIFIED)), (None, ("reject", VERIFIED, "--reason", "x")),
    (None, ("withdraw", WITHDRAWN, "--reason", "x")),
    (None, ("withdraw", VERIFIED, "--reason", "x")),
    (None, ("resume", RECTIFYING)),
    (LEAD, ("request-extension", SUBMITTED, "--to", "2020-10-14", "--reason", "x")), (None, ("grant", SUBMITTED)),
    (None, ("refuse", SUSPENDED, "--reason", "x")), (None, ("reopen", RECTIFYING, "--reason", "x")),
    (None, ("reassign", SUBMITTED, "--lead", OTHER, "--reason", "x")),
)

GUARDED = (
    bad(5, "sign-off-missing", "submit", RECTIFYING, "--note", "x", actor=LEAD),
    bad(5, "endorsement-missing", "submit", GRADE_A, "--note", "x", actor=LEAD),
    bad(5, "input-missing", "submit", RECTIFYING, actor=LEAD),
    bad(5, "signed-before", "sign-off", ASKED, actor=COOPERATOR),
    bad(5, "designated", "decline", DESIGNATED, "--reason", "x", actor=OTHER),
    bad(5, "declined-before", "decline", DENIED, "--reason", "x", actor=LEAD),
    bad(5, "designate-only", "assign", DENIED_TWICE, "--lead", "市财政局"),
    bad(5, "accept-limit-past", "decline", LATE, "--reason", "x", actor=LEAD),
    bad(5, "basis-missing", "assign", FOUND, "--lead", OTHER, "--designate"),
    bad(5, "lead-is-cooperator", "assign", FOUND, "--lead", OTHER, "--with", OTHER),
    bad(5, "lead-is-cooperator", "reassign", ASSIGNED, "--lead", OTHER, "--with", OTHER, "--reason", "x"),
    bad(5, "same-lead", "reassign", ASSIGNED, "--lead", LEAD, "--reason", "x"),
    bad(5, "no-request", "grant", RECTIFYING), bad(5, "no-request", "refuse", RECTIFYING, "--reason", "x"),
    bad(5, "beyond-cap", "grant", ASKED, "--to", "2030-01-01"),
    bad(5, "request-open", "request-extension", ASKED, "--to", "2020-10-14", "--reason", "x", actor=LEAD),
    bad(5, "request-open", "suspend", ASKED, "--reason", "x"),
    bad(5, "not-later", "request-extension", RECTIFYING, "--to", "2020-09-27", "--reason", "x", actor=LEAD),
    bad(5, "due-past", "request-extension", OVERDUE, "--to", "2020-10-14", "--reason", "x", actor=LEAD),
    bad(5, "input-missing", "request-extension", GRADE_A, "--to", "2020-11-20", "--reason", "x", actor=LEAD),
    bad(5, "original-missing", "withdraw", FOUND, "--reason", "x", "--as", "duplicate"),
    bad(5, "duplicate-of-itself", "withdraw", FOUND, "--reason", "x", "--as", "duplicate", "--of", FOUND),
    bad(5, "duplicate-of-itself", "link", FOUND, "--duplicate-of", FOUND),
    bad(5, "nothing-to-amend", "amend", FOUND, "--reason", "x"),
    bad(5, "final", "amend", VERIFIED, "--title", "x", "--reason", "x"),
    bad(5, "date-past", "amend", RECTIFYING, "--due", "2020-09-24", "--reason", "x"),
    bad(5, "grade-unknown", "amend", RECTIFYING, "--grade", "Z", "--reason", "x"),
    bad(5, "title-empty", "amend", FOUND, "--title", " ", "--reason", "x"),
    bad(5, "words-empty", "amend", FOUND, "--title", "x", "--reason", ""),
    bad(5, "date-past", "assign", FOUND, "--lead", OTHER, "--due", "2020-09-24"),
    bad(2, "when-far", "assign", FOUND, "--lead", OTHER, "--due", "2200-12-31"),
    bad(2, "when-far", "amend", RECTIFYING, "--due", "2200-12-31", "--reason", "x"),
    bad(2, "when-far", "assign", FOUND, "--lead", OTHER, "--due", "2200-12-31T23:59-12:00"),
    bad(5, "input-missing", "reject", SUBMITTED), bad(5, "words-empty", "reject", SUBMITTED, "--reason", " "),
    bad(5, "words-long", "reject", SUBMITTED, "--reason", "长" * 10_000), bad(5, "input-missing", "comment", FOUND),
    bad(5, "lead-missing", "assign", COMPLAINT), bad(5, "no-such-trigger", "endorse", COMPLAINT),
    bad(5, "no-such-trigger", "sign-off", COMPLAINT),
    bad(5, "input-missing", "decline", ASSIGNED, actor=LEAD),
    bad(5, "before-opening", "show", FOUND, "--at", "2020-01-01"),
)
"""What the rules do not allow now."""

USAGE = (
    bad(2, "usage-command", "frobnicate"), bad(2, "usage-command-near", "assing", FOUND), bad(2, "usage-command", "\ud800"),
    bad(2, "usage-command", "\x00"),
    bad(2, "usage-option-near", "list", "--ligth", "red"), bad(2, "usage-option", "show", FOUND, "--zzz"),
    bad(2, "usage-option", "--zzz", "list"),
    bad(2, "usage-extra", "open", "标题", "多余", "--source", "visit"), bad(2, "usage-missing", "open", "--source", "visit"),
    bad(2, "usage-missing", "open", "标题"), bad(2, "usage-missing", "assign"), bad(2, "usage-missing", "do"),
    bad(2, "usage-missing", "do", "verify"),
    bad(2, "usage-choice", "open", "标题", "--source", "rumour"), bad(2, "usage-choice", "open", "标题", "--source", ""),
    bad(2, "usage-choice", "list", "--light", "purple"), bad(2, "usage-choice", "list", "--sort", "id; --"),
    bad(2, "usage-choice", "list", "--turn", "x"), bad(2, "usage-choice", "list", "--state", "nonsense"),
    bad(4, "not-permitted", "audit", "verify", actor=LEAD), bad(4, "not-permitted", "audit", "verify", actor=HEAD),
    bad(2, "usage-choice", "withdraw", FOUND, "--reason", "x", "--as", "whim"),
    bad(2, "usage-choice", "reopen", VERIFIED, "--reason", "x", "--as", "\ud800"),
    bad(2, "usage-choice", "--lang", "fr", "list"), bad(2, "usage-choice", "--color", "purple", "list"),
    bad(2, "usage-whole-number", "list", "--limit", "0"),
    bad(2, "usage-whole-number", "list", "--limit", "-1"), bad(2, "usage-whole-number", "list", "--limit", "10001"),
    bad(2, "usage-whole-number", "list", "--limit", "1e3"),
    bad(2, "usage-whole-number", "list", "--limit", "9" * 5_000), bad(2, "usage-whole-number", "list", "--limit", "\ud800"),
    bad(2, "usage-whole-number-from", "accept", ASSIGNED, "--if-version", "0", actor=LEAD),
    bad(2, "usage-whole-number-from", "accept", ASSIGNED, "--if-version", "x", actor=LEAD),
    bad(2, "usage-version-of-many", "comment", FOUND, ASSIGNED, "--note", "x", "--if-version", "1"),
    bad(2, "usage-option-value", "show", FOUND, "--at", json=False),
    bad(2, "usage-log", "log"),
    bad(2, "usage-log", "log", FOUND, "--admin"),
    bad(2, "usage-pair", "do", "reject", SUBMITTED, "--set", "reason"),
    bad(2, "usage-pair", "do", "reject", SUBMITTED, "--set", "=x"),
    bad(2, "usage-twice", "do", "suspend", RECTIFYING, "--set", "until=3d", "--set", "until=4d", "--set", "reason=x"),
    bad(2, "usage-flag", "do", "assign", FOUND, "--set", "designate=perhaps", "--set", f"lead={OTHER}"),
    bad(2, "usage-command", "calendar", "fly"), bad(2, "usage-whole-number", "calendar", "show", "1989"),
    bad(2, "usage-whole-number", "calendar", "show", "2201"),
    bad(2, "usage-whole-number", "calendar", "show", "x"), bad(2, "usage-missing", "calendar", "due"),
    bad(2, "usage-missing", "calendar", "due", "2020-09-30"),
    bad(2, "when-not-an-amount", "calendar", "due", "2020-09-30", "soon"),
    bad(2, "when-not-an-amount", "calendar", "due", "2020-09-30", ""),
    bad(2, "when-out-of-range", "calendar", "due", "1989-01-01", "1wd"),
    bad(2, "when-out-of-range", "calendar", "due", "2200-12-31", "99999wd"),
    bad(2, "when-amount-out-of-range", "calendar", "due", "2020-09-30", "9" * 400 + "wd"),
    bad(2, "when-not-understood", "calendar", "due", "\ud800", "1wd"),
    bad(2, "usage-option", "clock", "advance", "-3d"), bad(2, "when-not-understood", "clock", "advance", ""),
    bad(2, "when-out-of-range", "clock", "advance", "99999d"), bad(2, "when-out-of-range", "clock", "set", "9999-01-01"),
    bad(2, "address-unknown", "list", db="mysql://somewhere/zg"), bad(2, "address-empty", "list", db="sqlite://"),
    bad(2, "address-unknown", "list", db="http://somewhere/zg"),
    bad(2, "address-unreadable", "list", db="postgresql://somewhere:port/zg"),
    bad(2, "when-not-understood", "init", "--sandbox", "soon", db="new.db"),
    bad(2, "account-no-contact", "list", actor=GROUP),
)
"""What is not written as the program understands it."""

LACKING = (
    bad(3, "no-database", "list", db="sqlite:///missing.db"), bad(3, "no-database", "upgrade", db="sqlite:///missing.db"),
    bad(3, "no-database", "audit", "verify", db="missing.db"),
    bad(3, "seed-not-found", "init", "--seed", "atlantis", db="new.db"),
    bad(3, "seed-not-found", "init", "--seed", "../pingdingshan-2020", db="new.db"),
    bad(3, "seed-not-found", "init", "--seed", "\x00", db="new.db"),
    bad(3, "workflow-not-found", "open", "标题", "--source", "visit", "--workflow", "nonesuch"),
    bad(3, "workflow-not-found", "open", "标题", "--source", "visit", "--workflow", ""),
    bad(3, "workflow-not-found", "workflow", "show", "nonesuch"),
    bad(5, "not-storable", "workflow", "show", "\ud800"), bad(3, "trigger-not-found", "can", FOUND, "fly"),
    bad(3, "trigger-not-found", "can", FOUND, "\x00"),
    bad(3, "account-not-found", "open", "标题", "--source", "visit", "--leader", " "),
    bad(3, "account-not-found", "assign", FOUND, "--leader", ""),
    bad(3, "ticket-not-found", "link", FOUND, "--duplicate-of", "999"),
    bad(3, "ticket-not-found", "withdraw", FOUND, "--reason", "x", "--of", "999"),
    *(bad(3, "account-not-found", "list", actor=name)
        for name in ("", " ", "nobody", "市公安厅", "\x00", "office; --", "x" * 10_000)),
    bad(5, "not-storable", "list", actor="\ud800"), bad(5, "not-storable", "list", "--text", "\ud800"),
    *(bad(3, "measure-not-found", "open", "标题", "--source", "visit", "--measure", no)
        for no in ("9.9", "", "3.1.1", "三", "\ud800", "x" * 10_000)),
)
"""What is not there."""

INPUT = (
    *(bad(5, "line-without-number", "comment", "-", "--note", "x", given=text) for text in
      ("abc\n", "{}\n", '{"number"}\n', "[1]\n", '"1"\n', '{"number": ' + "[" * 100_000 + "\n", '{"n": 1}\n',
          '{"number": null}\n', "-1\n", "1.5\n", "\x00\n",
       '{"number": ' + "9" * 5_000 + "}\n")),
    bad(3, "ticket-not-found", "comment", "-", "--note", "x", given='{"number": "ZG-2020-9999"}\n'),
    bad(3, "ticket-not-found", "comment", "-", "--note", "x", given="998\n999\n", errors=2),
    bad(5, "state-wrong", "verify", RECTIFYING, ASSIGNED, errors=2),
    bad(3, "ticket-not-found", "accept", FOUND, "999", errors=2, actor=LEAD),
)
"""What comes in from standard input, and several tickets at once."""

FILES = (
    bad(5, "file-unreadable", "submit", ASKED, "--note", "x", "--file", "missing.pdf", actor=LEAD),
    bad(5, "empty", "submit", ASKED, "--note", "x", "--file", "empty.txt", actor=LEAD),
    bad(5, "unknown-type", "submit", ASKED, "--note", "x", "--file", "program.bin", actor=LEAD),
    bad(2, "usage-file", "submit", ASKED, "--note", "x", "--file", "folder", actor=LEAD),
    bad(8, "invalid-file", "workflow", "check", "missing.yaml"), bad(8, "invalid-file", "workflow", "check", "folder"),
    bad(8, "invalid-workflow", "workflow", "draw", "broken.yaml", json=False),
    bad(8, "invalid-workflow", "workflow", "draw", "empty.yaml", json=False),
    bad(1, "database-is-folder", "list", db="folder"), bad(1, "database-file", "list", db="program.bin"),
    bad(1, "folder-not-made", "init", db="/proc/zg/zg.db"),
    bad(3, "no-database", "list", db="a\x00b"), bad(1, "database-file", "list", db="x" * 5_000), bad(5, "database-exists", "init"),
    bad(1, "folder-not-made", "init", db="program.bin/zg.db"), bad(3, "no-database", "list", db="empty.txt"),
    *(bad(8, "invalid-file", "list", toml=text)
        for text in ("db =", "[labels]\nstate = 1\n", "\x00", "labels = 3", "a = " + "[" * 10_000)),
    bad(75, "busy", "list", db="postgresql://zg:geheim@127.0.0.1:1/zg"),
    bad(75, "busy", "init", db="postgresql://zg:geheim@127.0.0.1:1/zg"),
)
"""Files and databases that are none."""

CONFLICTS = (
    bad(6, "version-ahead", "accept", ASSIGNED, "--if-version", "99", actor=LEAD),
    bad(6, "version-ahead", "comment", FOUND, "--note", "x", "--if-version", str(10**30)),
    bad(6, "version-ahead", "amend", FOUND, "--title", "x", "--reason", "x", "--if-version", "7"),
    bad(6, "key-taken", "open", "别的事", "--source", "visit", "--key", "K-1"),
)

OTHERS = (
    bad(5, "clock-backwards", "clock", "set", "2020-09-01"), bad(4, "not-permitted", "clock", "advance", "1d", actor=LEAD),
    bad(4, "not-permitted", "clock", "advance", "1d", actor="auditor"), bad(4, "not-permitted", "log", "--admin", actor=LEAD),
    bad(4, "may-not-open", "open", "标题", "--source", "visit", actor=LEAD),
    bad(4, "may-not-open", "open", "标题", "--source", "visit", actor="auditor"),
    bad(4, "may-not-open", "open", "标题", "--source", "visit", actor="watch"),
    bad(5, "input-unknown", "do", "verify", SUBMITTED, "--set", "colour=red"),
    bad(5, "input-unknown", "do", "verify", SUBMITTED, "--set", "键=\ud800"),
    bad(5, "input-choice", "do", "withdraw", FOUND, "--set", "reason=x", "--set", "as=\ud800"),
    bad(5, "no-such-trigger", "do", "fly", FOUND), bad(5, "no-such-trigger", "do", "\ud800", FOUND),
    bad(5, "no-such-trigger", "do", "", FOUND),
    bad(5, "unit-is-group", "assign", FOUND, "--lead", GROUP),
    bad(5, "unit-is-group", "assign", FOUND, "--lead", OTHER, "--with", GROUP),
    bad(5, "unit-is-group", "open", "标题", "--source", "visit", "--lead", "市直各部门"),
    bad(5, "unit-is-group", "decline", ASSIGNED, "--reason", "x", "--suggest", GROUP,
                                                                              actor=LEAD),
)


def everything() -> Iterator[Bad]:
    """The whole table."""
    for words, units in OFFICE_ONLY:
        yield from (bad(4, "not-yours", *words, actor=who) for who in (*units, *STRANGERS))
    for words in LEAD_ONLY:
        yield from (bad(4, "not-yours", *words, actor=who) for who in (None, COOPERATOR, *STRANGERS))
        yield bad(3, "ticket-not-found", *words, actor=OTHER)
    yield bad(4, "not-yours", "sign-off", RECTIFYING, actor=LEAD)
    yield bad(4, "scan-missing", "endorse", GRADE_A, actor=LEAD)
    for words in (("show",), ("log",), ("why",), ("can",), ("comment", "--note", "x")):
        yield bad(3, "ticket-not-found", *words, FOUND, actor=LEAD)  # it will lead, but nobody has told it yet
        yield bad(3, "ticket-not-found", *words, SUBMITTED, actor=OTHER)
    yield from (bad(5, "state-wrong", *words, actor=who) for who, words in WRONG_STATES)
    yield from (opening("title-empty", title) for title in ("", "   ", "\t\n", "\u3000", "\u200b", "\u2060\u200d"))
    yield from (opening("words-long", title) for title in ("长" * 201, "x" * 10_000))
    yield from (opening("words-control", title)
        for title in ("a\nb", "a\tb", "a\rb", *(f"材料{char}重复" for char in UNSEEN)))
    yield from (opening("words-control", "标题", "--detail", f"甲{char}乙") for char in UNSEEN)
    yield from (bad(5, "words-control", "comment", FOUND, "--note", f"甲{char}乙") for char in UNSEEN)
    yield from (opening(code, "标题", "--detail", text) for code,
        text in (("words-empty", ""), ("words-empty", " \n"), ("words-long", "x" * 10_000)))
    yield from (opening("grade-unknown", "标题", "--grade", grade) for grade in ("D", "", "AA", "甲", "\x00", "\ud800"))
    yield from (opening(code, "标题", "--key", key) for code,
        key in (("words-empty", ""), ("words-long", "k" * 101), ("words-control", "a\nb"),
                                                                 ("not-storable", "\ud800x")))
    yield from (opening("date-past", "标题", "--due", date) for date in ("2020-09-24", "2020-09-25T10:00", "1990-01-01"))
    yield opening("lead-is-cooperator", "标题", "--lead", LEAD, "--with", LEAD)
    for code, times in NO_TIMES:
        yield from (opening(code, "标题", "--due", text, exit=2) for text in times)
    yield from (bad(2, code, "show", FOUND, "--at", times[0]) for code, times in NO_TIMES)
    yield from (bad(3, "ticket-not-found", "show", number) for number in NO_NUMBERS)
    yield from (bad(3, "ticket-not-found", "verify", number) for number in NO_NUMBERS[:6])
    yield from (bad(3, "unit-not-found", "assign", FOUND, "--lead", name) for name in NO_UNITS)
    yield from (opening("unit-not-found", "标题", "--lead", name, exit=3) for name in NO_UNITS)
    yield from (bad(3, "unit-not-found", "list", "--unit", name) for name in NO_UNITS)
    yield from (bad(2, "usage-cursor", "list", "--after", text) for text in NO_CURSORS)
    for table in (GUARDED, USAGE, LACKING, INPUT, FILES, CONFLICTS, OTHERS):
        yield from table
