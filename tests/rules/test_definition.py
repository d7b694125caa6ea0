"""Reading a workflow file: every complaint with its code and its line, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import InvalidFile, Problem
from engine.registry.workflow_file import LARGEST_FILE_BYTES, InvalidWorkflow, examine, load
from engine.rules.definition import Definition, Guard, Input, Text, by_grade
from tests.rules.conftest import ROOT, workflow

SHIPPED = (ROOT / "workflows" / "rectification.yaml").read_text(encoding="utf-8")
Complain = Callable[..., list[tuple[str, int | None]]]


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], list[Problem]]:
    def read(text: str) -> list[Problem]:
        path = tmp_path / "workflow.yaml"
        path.write_text(text, encoding="utf-8")
        return examine(path)[1]

    return read


def changed(old: str, new: str) -> tuple[str, int]:
    """The shipped file with one place changed, and the line of that place."""
    assert SHIPPED.count(old) >= 1, old
    return SHIPPED.replace(old, new, 1), SHIPPED[: SHIPPED.index(old)].count("\n") + 1


@pytest.mark.parametrize("name", ["rectification", "complaint", "bad-review", "superior"])
def test_a_definition_survives_its_json_and_keeps_its_identity(name: str) -> None:
    definition = workflow(name)
    again = Definition.from_json(definition.to_json())
    assert again == definition
    assert again.hash == definition.hash and len(definition.hash) == 64
    assert again.to_json() == definition.to_json()


def test_another_word_is_another_definition(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(SHIPPED.replace("约谈", "面谈"), encoding="utf-8")
    assert load(path).hash != workflow("rectification").hash


def test_a_comment_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("# 说明\n" + SHIPPED, encoding="utf-8")
    assert load(path) == workflow("rectification")


@pytest.mark.parametrize(("old", "new", "code"), [
    ("hidden: true", "hiden: true", "definition-unknown-key"),
    ("stage: assigned", "stage: [assigned]", "definition-not-a-text"),
    ("stage: assigned", "stage: 待签收", "definition-bad-name"),
    ("clocks: [assign]", "clocks: assign", "definition-not-a-list"),
    ("hidden: true", "hidden: yes", "definition-not-a-flag"),
    ("hidden: true", "hidden: [true]", "definition-not-a-flag"),
    ("turn: office\n    hidden", "turn: ofice\n    hidden", "definition-unknown-choice"),
    ("amount: 2 working days", "amount: two days", "definition-bad-amount"),
    ("amount: 2 working days", "amount: ''", "definition-not-a-text"),
    ("{C: -2, B: -3, A: -5}", "{C: -2, B: x, A: -5}", "definition-not-a-number"),
    ("{C: -2, B: -3, A: -5}", "{C: -2, B: 251, A: -5}", "definition-not-a-number"),
    ("{C: -2, B: -3, A: -5}", "[-2]", "definition-not-a-number"),
    ("level: 1", "level: 10", "definition-not-a-number"),
    ("{zh: 待交办, en: to be assigned}", "待交办", "definition-not-a-mapping"),
    ("{zh: 待交办, en: to be assigned}", "{zh: 待交办}", "definition-missing-key"),
    ("{zh: 待交办, en: to be assigned}", "{zh: 待交办, en: ''}", "definition-not-a-text"),
    ("{zh: 待交办, en: to be assigned}", f"{{zh: 待交办, en: {'x' * 201}}}", "definition-not-a-text"),
    ("{zh: 待交办, en: to be assigned}", '{zh: "待\\u202e交办", en: x}', "definition-not-a-text"),
    ("{zh: 待交办, en: to be assigned}", "{zh: 待交办, en: x, zh: y}", "definition-twice"),
    ("  accept:\n    title: {zh: 签收,", "  assign:\n    title: {zh: 签收,", "definition-twice"),
    ("  accept:\n    title: {zh: 签收,", "  9accept:\n    title: {zh: 签收,", "definition-bad-name"),
    ("  accept:\n    title: {zh: 签收,", "  ? [accept]\n  :\n    title: {zh: 签收,", "definition-bad-key"),
    ("guards: [not-yet-signed]", "guards: [{not-yet-signed: [A], endorsed: [B]}]", "definition-one-guard"),
    ("guards: [not-yet-signed]", "guards: not-yet-signed", "definition-not-a-list"),
    ("input: {note: required}", "input: [note]", "definition-not-a-mapping"),
    ("input: {note: required}", "input: {no-te: required}", "definition-bad-name"),
    ("input: {note: required}", "input: {note: required, note: optional}", "definition-bad-name"),
    ("input: {note: required}", "input: {note: perhaps}", "definition-unknown-choice"),
    ("input: {note: required}", "input: {note: {require: true}}", "definition-unknown-key"),
    ("input: {note: required}", "input: {note: {required: perhaps}}", "definition-not-a-flag"),
    ("input: {note: required}", "input: {note: {kind: number}}", "definition-unknown-choice"),
    ("to: {back: [assigned, rectifying, submitted]}", "to: {forth: [assigned]}", "definition-unknown-key"),
    ("to: {back: [assigned, rectifying, submitted]}", "to: {}", "definition-missing-key"),
    ("by: [head, lead]", "by: [mayor]", "definition-unknown-choice"),
    ("tell: [lead, head]}", "tell: [everybody]}", "definition-unknown-choice"),
    ("restart: [accept, rectify]", "restart: {rectify: soon}", "definition-bad-amount"),
    ("{times: 1, cap: 5 working days}", "{times: 100, cap: 5 working days}", "definition-not-a-number"),
    ("{times: 1, cap: 5 working days}", "{times: 1}", "definition-missing-key"),
    ("{times: 1, cap: 5 working days}", "{cap: 5 working days}", "definition-missing-key"),
])
def test_a_slip_is_found_with_its_line(found: Callable[[str], list[Problem]], old: str, new: str, code: str) -> None:
    text, line = changed(old, new)
    problems = found(text)
    assert code in {problem.code for problem in problems}
    [first] = [problem for problem in problems if problem.code == code][:1]
    assert first.line is not None and line <= first.line <= line + new.count("\n")
    assert first.file.endswith("workflow.yaml")


@pytest.mark.parametrize(("old", "new", "key", "near"), [
    ("default_grade: C", "defaultgrade: C", "defaultgrade", "default_grade"), ("hidden: true", "hiden: true", "hiden", "hidden"),
    ("effects: [ask]", "efects: [ask]", "efects", "effects"), ("rests: true", "colour: true", "colour", ""),
])
def test_an_unknown_key_names_the_nearest(found: Callable[[str], list[Problem]], old: str, new: str, key: str, near: str) -> None:
    text, line = changed(old, new)
    [problem] = found(text)
    assert (problem.code, problem.line) == ("definition-unknown-key", line)
    assert (problem.values["key"], problem.values["near"]) == (key, near)


@pytest.mark.parametrize(("new", "near"), [("offce", "office"), ("zzz", "")])
def test_an_unknown_choice_names_the_nearest(found: Callable[[str], list[Problem]], new: str, near: str) -> None:
    text, line = changed("by: [head, lead]", f"by: [{new}]")
    [problem] = found(text)
    assert (problem.line, problem.values["near"], problem.values["key"]) == (line, near, new)


def test_all_complaints_come_at_once(found: Callable[[str], list[Problem]]) -> None:
    text = SHIPPED.replace("hidden: true", "hiden: true").replace("rests: true", "rests: maybe").replace("times: 1", "times: many")
    assert [problem.code for problem in found(text)] == [
        "definition-unknown-key", "definition-not-a-flag", "definition-not-a-number",
    ]


def test_every_part_that_must_be_there_is_missed(found: Callable[[str], list[Problem]]) -> None:
    assert {(problem.code, problem.values["key"]) for problem in found("rule: [一]\n")} == {
        ("definition-missing-key", key) for key in ("workflow", "title", "initial", "states", "clocks", "triggers")
    }


def test_every_part_of_a_part_is_missed(found: Callable[[str], list[Problem]]) -> None:
    text = (
        "workflow: w\ntitle: {zh: 一, en: one}\ninitial: a\nstates:\n  a: {}\nclocks:\n  c: {}\n"
        "ladders:\n  l:\n    - {}\ntriggers:\n  t: {}\nextensions:\n  A: {}\n"
    )
    missing = {(problem.values["path"], problem.values["key"]) for problem in found(text)}
    assert missing == {
        ("states.a", "title"), *(("clocks.c", key) for key in ("title", "of", "amount", "ladder")),
        *(("ladders.l", key) for key in ("name", "title", "at", "act")), *(("triggers.t", key) for key in ("title", "from", "by")),
        ("extensions.A", "times"), ("extensions.A", "cap"),
    }


def test_the_nearest_lines_are_those_of_the_keys(found: Callable[[str], list[Problem]]) -> None:
    text, line = changed(
        "  submitted:\n    title: {zh: 待验收, en: to be verified}\n", "  submitted:\n    stage: submitted2\n    hidden: x\n",
    )
    assert {(problem.code, problem.line) for problem in found(text)} >= {
        ("definition-not-a-flag", line + 2), ("definition-twice", line + 3),
    }


@pytest.mark.parametrize(("text", "code", "line"), [
    ("", "definition-empty", 1), ("# nothing\n", "definition-empty", 1), ("[a, b]\n", "definition-not-a-mapping", 1),
    ("just words\n", "definition-not-a-mapping", 1), ("a: &x 1\nb: *x\n", "definition-alias", 1), ("a: 1\nb: *x\n", "definition-alias", 2),
    ("a: [1\nb: 2\n", "yaml-bracket", 2), ("a: 1\n\tb: 2\n", "yaml-tab", 2), ("a: 1\n---\nb: 2\n", "yaml-several", 2),
    ("a: \"\\q\"\n", "definition-yaml", 1), ("a: 甲: 乙\n", "yaml-colon", 1), ("a: '甲\n", "yaml-quote", 2),
    ("a: {b: 1\n", "yaml-brace", 2),
    ("a: 1\nb: \x07\n", "yaml-character", 2), ("[" * 1500, "definition-too-deep", 1), ("a: [" + "1," * 20_000, "definition-too-many", 1),
])
def test_what_is_no_workflow_at_all(found: Callable[[str], list[Problem]], text: str, code: str, line: int | None) -> None:
    problem = found(text)[0]
    assert (problem.code, problem.line) == (code, line) if line else problem.code == code


def test_tags_build_nothing(found: Callable[[str], list[Problem]]) -> None:
    text, _ = changed("stage: assigned", "stage: !!python/object/apply:os.system ['echo x']")
    assert [problem.code for problem in found(text)] == ["definition-not-a-text"]


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile):
        examine(tmp_path / "missing.yaml")


@pytest.mark.parametrize(("content", "code", "line"), [
    (b"#" * (LARGEST_FILE_BYTES + 1), "definition-too-large", None), (b"a: 1\ntitle: \xff\n", "definition-not-utf8", 2),
])
def test_a_file_that_is_no_text_of_ours_is_one_complaint(tmp_path: Path, content: bytes, code: str, line: int | None) -> None:
    path = tmp_path / "strange.yaml"
    path.write_bytes(content)
    definition, problems = examine(path)
    assert definition is None
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SHIPPED.encode())
    assert load(path).name == "rectification"


def test_loading_raises_with_every_complaint(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(SHIPPED.replace("hidden: true", "hiden: true").replace("rests: true", "rest: true"), encoding="utf-8")
    with pytest.raises(InvalidWorkflow) as raised:
        load(path)
    assert [problem.values["near"] for problem in raised.value.problems] == ["hidden", "rests"]
    assert raised.value.exit == 8


def test_what_the_shipped_file_says_is_what_is_read() -> None:
    definition = workflow("rectification")
    resume, comment, submit = (definition.triggers[name] for name in ("resume", "comment", "submit"))
    assert (resume.target, resume.back) == (None, ("assigned", "rectifying", "submitted"))
    assert set(comment.sources) == set(definition.states)
    assert (comment.target, comment.takes("note"), comment.takes("lead")) == (None, Input("note", "words", ("*",)), None)
    assert submit.guards == (Guard("all-signed-off"), Guard("late-left-out"), Guard("endorsed", ("A", "B")))
    assert definition.triggers["reassign"].restart == {"accept": {}, "rectify": {}}
    assert definition.triggers["reopen"].restart == {"rectify": {"C": "3 working days", "B": "5 working days", "A": "10 working days"}}
    withdraw = definition.triggers["withdraw"].takes("as")
    assert withdraw == Input("as", "choice", (), ("duplicate", "mistake", "not-a-problem"))
    assert definition.clocks["accept"].amount == {"*": "1 working day"}
    assert definition.promise is definition.clocks["rectify"]
    assert definition.hidden_states == ("found",)


@pytest.mark.parametrize(("said", "expected"), [
    ("{note: {required: true}}", Input("note", "words", ("*",))), ("{note: {required: false}}", Input("note", "words")),
    ("{note: {required: [A, B]}}", Input("note", "words", ("A", "B"))), ("{colour: optional}", Input("colour", "text")),
    ("{colour: {kind: flag}}", Input("colour", "flag")), ("{colour: {choices: [red]}}", Input("colour", "choice", (), ("red",))),
])
def test_the_ways_to_say_an_input(tmp_path: Path, said: str, expected: Input) -> None:
    path = tmp_path / "w.yaml"
    text = SHIPPED.replace("input: {note: optional}\n    effects: [hand]", f"input: {said}\n    effects: [hand]")
    path.write_text(text, encoding="utf-8")
    assert load(path).triggers["accept"].input == (expected,)


def test_the_most_exotic_keys_are_read(tmp_path: Path) -> None:
    text = SHIPPED.replace("    runs_with: proposal\n", "    runs_with: part\n    before: rectify\n")
    path = tmp_path / "w.yaml"
    path.write_text(text, encoding="utf-8")
    sign = load(path).clocks["sign"]
    assert (sign.runs_with, sign.before) == ("part", "rectify")


def test_what_a_grade_is_given() -> None:
    assert by_grade({"A": 1, "*": 2}, "A") == 1
    assert by_grade({"A": 1, "*": 2}, "B") == by_grade({"A": 1, "*": 2}, None) == 2
    assert by_grade({"A": 1}, "B") is None
    assert by_grade({"A": 1}, None) is None


def test_a_guard_holds_for_the_grades_it_names() -> None:
    assert Guard("x").holds_for("A") and Guard("x").holds_for(None)
    assert Guard("x", ("A",)).holds_for("A") and not Guard("x", ("A",)).holds_for("C")
    assert Guard("x", ("*",)).holds_for("A") and Guard("x", ("*",)).holds_for(None)


def test_an_input_is_required_by_grade() -> None:
    assert Input("x", "text", ("*",)).required(None) and Input("x", "text", ("A",)).required("A")
    assert not Input("x", "text").required("A") and not Input("x", "text", ("A",)).required(None)


def test_phrases_speak_both_languages() -> None:
    assert [Text("一", "one").in_language(language) for language in ("zh", "en", "fr")] == ["一", "one", "一"]


def test_a_definition_without_a_promise_says_so() -> None:
    assert Definition("w", Text("一", "one"), (), "a", {}, None, {}, {}, {}, {}, {}).promise is None
