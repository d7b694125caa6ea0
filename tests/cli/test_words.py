"""Every code that the program can say has a text, in every language, with the same values."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import click
import pytest

import engine
from engine import words
from engine.cli import CONTENTS, cli
from engine.errors import Reason, Refused, ZgError
from engine.record import queries
from engine.record.projected import TABLES
from engine.rules.access import ROLES
from engine.rules.acts.opening import SOURCES
from engine.rules.definition.reader import ACTORS, INPUT_KIND_BY_NAME, TURNS
from engine.rules.plan import RELATIONS, UNIT_KINDS
from engine.rules.timing.clocks import LIGHTS
from engine.rules.worktime import Side
from engine.watch.duties import duties
from engine.words.phrase import Phrase

ENGINE = Path(engine.__file__).parent
KINDS = (
    "opened", "imported", "did", "amended", "escalated", "rescheduled", "migrated", "linked", "erased",
    "erasure-asked", "set-aside", "set", "loaded",
    "measured", "reverted", "rechecked", "sealed", "restored", "read", "upgraded", "clocked",
)


def placeholders(text: str) -> set[str]:
    """The values that a text names; how an input is typed (`typed.lead`) is known to every text."""
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None} - {"typed"}


def calls(*names: str, under: str = "") -> Iterator[tuple[ast.Call, str]]:
    """Every call of these names in the source, with its file."""
    for path, name, call in every_call():
        if name in names and path.is_relative_to(ENGINE / under):
            yield call, str(path)


@cache
def every_call() -> list[tuple[Path, str, ast.Call]]:
    """Every call in the source with its file and the name that is called; read once for all tests."""
    return [
        (path, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node)
        for path in sorted(ENGINE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]


def constant(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def codes(node: ast.expr | None) -> set[str]:
    """The codes that an expression may be."""
    if isinstance(node, ast.IfExp):
        return codes(node.body) | codes(node.orelse)
    code = constant(node)
    return {code} if code is not None else set()


def errors() -> set[type[ZgError]]:
    for module in pkgutil.walk_packages([str(ENGINE)], "engine."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    found: set[type[ZgError]] = set()
    waiting = [ZgError]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting += kind.__subclasses__()
    return found


def test_the_head_of_an_english_column_is_lower_case() -> None:
    heads = {code: text for code, text in words.texts("en").items() if code.startswith(("field.", "column."))}
    assert len(heads) > 100 and [text for text in heads.values() if text[0].isupper()] == []


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("home", [words.texts, words.help_texts])
def test_every_language_has_the_same_codes_and_the_same_values(home: Callable[[str], Mapping[str, str]], language: str) -> None:
    own, first = home(language), home(words.OFFICE_LANGUAGE)
    assert set(own) == set(first)
    assert {code: placeholders(own[code]) for code in own} == {code: placeholders(first[code]) for code in first}


@pytest.mark.parametrize(("count", "told"), [(0, "0 accounts."), (1, "1 account."), (2, "2 accounts."), ("1", "1 account.")])
def test_an_english_text_that_counts_one_says_so_in_the_singular(count: object, told: str) -> None:
    assert words.say("user.count", "en", count=count) == told
    assert words.say("user.count", "en") == "— accounts."


def test_no_english_text_counts_in_the_plural_only() -> None:
    fields = [field for text in words.texts("en").values() for field in string.Formatter().parse(text)]
    counts = {name for _, name, form, _ in fields if form and "|" in form} - {"number"}  # mostly a ticket's
    plural = re.compile(rf"\{{({'|'.join(counts)})\}} (?:open |working |more )?[a-z]+s\b")
    wrong = {code: text for code, text in words.texts("en").items() if plural.search(text)}
    assert len(counts) > 10
    assert wrong == {}


@pytest.mark.parametrize("folder", [f"words/{language}{part}" for language in words.LANGUAGES for part in ("", "/help")])
def test_no_code_is_said_in_two_rooms(folder: str) -> None:
    home: dict[str, str] = {}
    for path in sorted((ENGINE / folder).glob("[a-z]*.py")):
        for code in importlib.import_module(f"engine.{folder}.{path.stem}".replace("/", ".")).TEXTS:
            assert home.setdefault(code, path.stem) == path.stem, code


@pytest.mark.parametrize("home", [words.texts, words.help_texts])
def test_no_text_is_empty_and_every_text_can_be_said(home: object) -> None:
    for language in words.LANGUAGES:
        for code in home(language):  # type: ignore[operator]
            assert words.say(code, language).strip(), code


def test_every_error_says_what_happened_why_and_what_to_run_next() -> None:
    for kind in errors():
        assert words.has(kind.code, "zh"), kind
        if kind is not Refused:  # its reasons say why and what next
            assert words.has(f"why.{kind.code}", "zh") or kind.code in ("invalid-file", "invalid-workflow", "invalid-notices"), kind
            assert words.has(f"hint.{kind.code}", "zh"), kind


def test_every_special_reason_of_an_error_has_three_texts() -> None:
    found: dict[str, set[str]] = {}
    for call, _ in calls(*(kind.__name__ for kind in errors())):
        given = {keyword.arg or "" for keyword in call.keywords}
        for code in {code for keyword in call.keywords if keyword.arg == "reason" for code in codes(keyword.value)}:
            found[code] = found.get(code, given) & given
    assert len(found) > 100
    for code, given in found.items():
        assert words.has(code, "zh") and words.has(f"why.{code}", "zh") and words.has(f"hint.{code}", "zh"), code
        known = given | {"number", "trigger"}  # a command names them beside
        assert placeholders(words.texts("zh")[code]) | placeholders(words.texts("zh")[f"why.{code}"]) <= known, code


def test_every_fault_of_a_file_has_a_text_and_the_values_that_it_names() -> None:
    found: dict[str, set[str]] = {}
    for call, _ in calls("at", "wrong", "Unfit"):
        code = constant(call.args[0]) if call.args else None
        if code is not None and code.startswith("problem-"):
            given = {keyword.arg or "" for keyword in call.keywords}
            found[code] = found.get(code, given) & given
    assert len(found) > 60
    for code, given in found.items():
        assert words.has(code, "zh"), code
        assert placeholders(words.texts("zh")[code]) <= given, code


def test_no_text_of_a_fault_is_said_by_nobody() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py") if "words" not in path.relative_to(ENGINE).parts)
    prefixes = ("problem-", "system-", "sqlite-", "address-", "database-", "schema-")
    assert [code for code in words.texts("zh") if code.startswith(prefixes) and f'"{code}"' not in source] == []


def test_every_reason_of_the_rules_has_a_text_a_hint_and_only_values_it_is_given() -> None:
    given: dict[str, set[str]] = {}
    missing: set[str] = set()
    for call, path in calls("Reason", under="rules"):
        found = codes(call.args[0])
        missing |= found if any(keyword.arg == "needs" for keyword in call.keywords) else set()
        assert found, path
        values = call.args[1] if len(call.args) > 1 else None
        keys = {constant(key) or "" for key in values.keys} if isinstance(values, ast.Dict) else set()
        given |= {code: given.get(code, set()) | keys for code in found}
    assert len(given) > 30
    for code, keys in given.items():
        assert words.has(code, "zh"), code
        assert words.has(f"hint.{code}", "zh"), code
        known = keys | ({"option"} if "field" in keys or code in missing else set())  # how what is missing is typed
        assert placeholders(words.texts("zh")[code]) <= known, code
        assert placeholders(words.texts("zh")[f"hint.{code}"]) <= keys | {"number"}, code


def test_every_mistake_in_a_workflow_has_a_text() -> None:
    found = set()
    for folder in ("rules/check", "rules/definition"):
        for path in (ENGINE / folder).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                code = constant(node) if isinstance(node, ast.expr) else None
                if code is not None and code.startswith(("check-", "definition-")):
                    found.add(code)
    found |= {code for call, _ in calls("Problem", "Reason") for code in codes(call.args[0] if call.args else None)}
    assert len(found) > 30
    assert {code for code in found if not words.has(code, "zh")} == set()


@pytest.mark.parametrize(("group", "names"), [
    ("source", SOURCES), ("light", LIGHTS), ("role", ROLES), ("relation", RELATIONS), ("who", {*TURNS, *ACTORS}),
    ("kind-of-unit", {*UNIT_KINDS, "group"}), ("input", INPUT_KIND_BY_NAME), ("kind", KINDS), ("level", map(str, range(5))),
    ("finding", ("altered", "gap", "cut", "words", "row", "fold", "no-ticket", "no-events", "number", "cooperators",
                 "seal", "no-seal", "untold", "sealed", "key", "line", "proof")),
    ("table", (*TABLES, "event", "ticket", "batch", "cooperator", "citation", "evidence", "counter", "schema")),
    ("in-row", {name for table in TABLES.values() for name in table.columns if name not in table.key}),
    ("day", ("holiday", "makeup", "rest", "work", "weekend", "workday")), ("weekday", map(str, range(7))),
    ("rung", ("fired", "skipped", "next", "later", "held", "to-office", "ours", "resting", "void")),
    ("because.state", ("ended", "planned", "void")),
    ("because.light", ("late", "soon", "ahead", "resting", "no-promise", "standing", "request", "suspended", "final", "submitted",
                       "submitted-in-time", "submitted-late")),
])
def test_every_name_that_people_read_has_a_text(group: str, names: object) -> None:
    assert [name for name in names if not words.has(f"{group}.{name}", "zh")] == []  # type: ignore[attr-defined]


def test_every_finding_that_the_audit_makes_has_a_text() -> None:
    found = {code for made, _ in calls("Finding") for code in codes(made.args[0] if made.args else None)}
    assert len(found) > 10
    assert {name for name in found if not words.has(f"finding.{name}", "zh")} == set()


def test_every_column_of_the_ledger_and_every_argument_has_a_name() -> None:
    columns = queries.TICKET_COLUMNS.split(", ")
    assert [name for name in columns if not words.has(f"column.{name}", "zh")] == []
    assert [key for key, name in arguments() if not words.has(f"argument.{name}", "zh")] == []


def arguments() -> Iterator[tuple[str, str]]:
    """Every argument of every command, with its key."""
    ctx = click.Context(cli, info_name="zg")
    waiting = [(name, cli.get_command(ctx, name)) for group in CONTENTS.values() for name in group]
    while waiting:
        key, command = waiting.pop()
        if command is not None:
            yield from ((key, item.name or "") for item in command.params if isinstance(item, click.Argument))
            waiting += [(f"{key}.{name}", inner) for name, inner in getattr(command, "commands", {}).items()]


ORDER = re.compile(r"\bzg [a-z]")
"""What is typed into a shell."""


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_orders_to_the_shell_stand_in_hints_only(language: str) -> None:
    hinted = {code for call, _ in calls("hint", "warn", "remark") for code in codes(call.args[0] if call.args else None)}
    assert len(hinted) > 20
    apart = ("hint.", "doctor-do.", "demo.")
    found = [code for code, text in words.texts(language).items() if ORDER.search(text)]
    assert [code for code in found if code not in hinted and not code.startswith(apart)] == []


AT_A_TERMINAL_ALONE = {
    "problem-unpublished", "problem-several-years", "usage-accept-lost", "usage-key", "usage-witness", "lost-other-key",
}
"""What only a command reads: the notice of holidays, and keys."""

ROOMS_OF_EVERY_DOOR = ("rules", "desk", "office", "registry", "views", "notices", "web")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_every_door_says_names_no_option_since_a_page_has_none(language: str) -> None:
    said = {
        node.value for room in ROOMS_OF_EVERY_DOOR for path in (ENGINE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said -= AT_A_TERMINAL_ALONE
    texts = {code: text for code, text in words.texts(language).items() if code in said or code.startswith("ask.ledger.")}
    assert len(texts) > 500 and "scan-missing" in texts
    assert [code for code, text in {**texts, **words.page_texts(language)}.items() if re.search(r"--[a-z]|\bzg [a-z]", text)] == []


def test_an_input_is_called_as_whoever_reads_it_gives_it() -> None:
    missing = Reason("input-missing", {"field": "lead", "trigger": "assign"})
    assert Phrase("zh").reason(missing) == "缺少牵头单位：--lead 单位"
    assert Phrase("zh", typed="--set {name}=").reason(missing) == "缺少牵头单位：--set lead=单位"
    assert Phrase("zh", typed=None).reason(missing) == "缺少牵头单位"
    assert Phrase("en", typed="--set {name}=").say("scan-missing").endswith(": --file FILE"), "every act takes files"
    assert Phrase("zh", typed=None).say("hint.no-evidence").startswith("用 “佐证文件” 附上")


def test_every_duty_of_the_watch_has_a_name() -> None:
    assert [duty.name for duty in duties(60) if not words.has(f"duty.{duty.name}", "zh")] == []


def test_every_text_that_the_command_line_names_is_there() -> None:
    said = {
        (code, path) for call, path in calls("say", "hint", "warn", "heading", under="cli")
        for argument in call.args[:1]
        for code in ([constant(argument)] if constant(argument) else
                     [constant(argument.body), constant(argument.orelse)] if isinstance(argument, ast.IfExp) else [])
    }
    assert len(said) > 80
    assert {(code, path) for code, path in said if code and not words.has(code, "zh")} == set()


def test_every_kind_of_time_that_cannot_be_read_has_three_texts() -> None:
    found = {constant(call.args[0]) for call, _ in calls("WhenError", under="rules/worktime")} - {None}
    assert len(found) >= 7
    for code in found:
        assert all(words.has(f"{part}when-{code}", "zh") for part in ("", "why.", "hint.")), code


def test_every_command_has_a_line_a_sentence_two_examples_and_every_option_a_text() -> None:
    import click

    from engine.cli import Contents, cli

    assert isinstance(cli, Contents)
    ctx = click.Context(cli, info_name="zg")

    def look(command: click.Command, key: str) -> None:
        assert words.has(f"short.{key}", "zh"), key
        assert words.has(f"help.{key}", "zh"), key
        assert len(words.help_texts("zh")[f"example.{key}"].splitlines()) >= 2, key
        for item in command.params:
            if isinstance(item, click.Option):
                assert words.has(f"option.{key}.{item.name}", "zh") or words.has(f"option.{item.name}", "zh"), (key, item.name)
        for name, inner in getattr(command, "commands", {}).items():
            look(inner, f"{key}.{name}")

    names = [name for group in CONTENTS.values() for name in group]
    assert len(names) > 30
    for name in names:
        command = cli.get_command(ctx, name)
        if command is not None:
            look(command, name)


def test_the_plans_and_reports_of_nobody_fail_for_want_of_a_value() -> None:
    assert words.say("state-wrong", "zh", state="整改中") == "当前是“整改中”，“—”时才能“—”"


def test_an_unknown_language_is_chinese() -> None:
    assert words.say("light.red", "fr") == "红"


@pytest.mark.parametrize(("value", "never"), [
    (["甲", "乙"], "['"), (("甲", None), "('"), (None, "None"), (True, "True"), ({"甲"}, "{'"), (Side.PAST, "Side"),
])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_says_a_value_as_the_program_writes_it(value: object, never: str, language: str) -> None:
    for code, text in {**words.texts(language), **words.page_texts(language)}.items():
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
        if names and "." not in "".join(names) and "[" not in "".join(names):
            assert never not in words.say(code, language, **dict.fromkeys(names, value)), code
