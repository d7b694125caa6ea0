"""What may be typed is told by its name with its code, an option by how it is typed, and English without Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from engine import words
from engine.app.shipped import workflow_files
from engine.cli import CONTENTS, cli
from engine.cli.coded import Coded
from engine.registry.workflow_file import load as read_workflow
from engine.rules.definition import Definition
from tests.cli.conftest import Zg

CHINESE = re.compile(r"[\u3400-\u9fff]")
NAMED = re.compile(r".*[\u3400-\u9fff）] [a-z-]+")
"""A name and its code: 交办 assign."""


def parameters() -> Iterator[tuple[str, click.Parameter]]:
    """Every parameter of every command, with the key of the command."""
    ctx = click.Context(cli, info_name="zg")
    waiting = [(name, cli.get_command(ctx, name)) for group in CONTENTS.values() for name in group]
    while waiting:
        key, command = waiting.pop()
        if command is not None:
            yield from ((key, item) for item in command.params)
            waiting += [(f"{key}.{name}", inner) for name, inner in getattr(command, "commands", {}).items()]


def coded() -> Iterator[tuple[str, click.Option, Coded]]:
    for key, item in parameters():
        if isinstance(item, click.Option) and isinstance(item.type, Coded):
            yield key, item, item.type


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_choice_has_a_name_and_stands_in_the_text_of_its_option(language: str) -> None:
    found = list(coded())
    assert len(found) > 15
    assert [(key, code) for key, _, kind in found for code in kind.choices if not words.has(f"{kind.group}.{code}", language)] == []
    for key, item, _ in found:
        own = f"option.{key}.{item.name}"
        text = words.help_texts(language)[own if words.has(own, language) else f"option.{item.name}"]
        assert "{choices}" in text or "amend" in own, (key, item.name)


def shipped() -> list[Definition]:
    return [read_workflow(path) for path in workflow_files()]


def codes() -> dict[str, set[str]]:
    """Every code that people type for a thing of the desk, with what it is called in Chinese."""
    found: dict[str, set[str]] = {}
    for _, _, kind in coded():
        for code in kind.choices:
            found.setdefault(code, set()).add(words.say(f"{kind.group}.{code}", "zh"))
    for definition in shipped():
        parts = (*definition.states.values(), *definition.triggers.values(), *(
            rung for ladder in definition.ladders.values() for rung in ladder.rungs
        ), definition)
        for part in parts:
            found.setdefault(part.name, set()).add(part.title.in_language("zh"))
    return found


WRITTEN_INTO_FILES = ("check-", "definition-", "problem-", "notices-", "invalid-")
"""Faults of files, which are written with codes and nothing else."""

TYPED = re.compile(r"\{\S+?\}|\bzg [^；，。：]*|--[a-z-]+(?:[= ](?:列名=)?[a-z-]+)?|[A-Za-z_]+\.[a-z]+|/\S+", re.ASCII)
"""Values, orders to the shell, options and names of files."""


def test_no_chinese_text_has_a_code_without_its_name() -> None:
    known = codes()
    assert len(known) > 80
    bare = []
    for home in (words.texts, words.help_texts):
        for code, text in home("zh").items():
            if code.startswith((*WRITTEN_INTO_FILES, "example.", "demo.")):
                continue
            for word in re.findall(r"[a-z][a-z-]+", TYPED.sub(" ", text)):
                if word in known and not any(f"{name} {word}" in text for name in known[word]):
                    bare.append((code, word))
    exempt = {("why.line-without-number", "number"), ("option.as_json", "light"), ("help.zg.more", "source"),
              ("hint.feedback-kind", "complaint"), ("hint.feedback-kind", "review"),
              ("hint.finding-field-unknown", "detail")}  # JSON, shells, what a sender writes
    assert sorted(set(bare) - exempt) == []


@pytest.mark.parametrize("typed", [
    ("can", "1", "fly"), ("can", "1", "assig"), ("do", "urge", "1", "--set", "by=letter"),
    ("do", "withdraw", "1", "--set", "reason=x", "--set", "as=whim"),
    ("list", "--state", "nonsense"), ("list", "--light", "pink"), ("list", "--sort", "id"), ("list", "--turn", "x"),
    ("list", "--source", "rumour"), ("count", "--by", "x"), ("open", "标题", "--source", "rumour"), ("urge", "1", "--by", "letter"),
    ("open", "标题", "--source", "visit", "--workflow", "none"), ("workflow", "show", "none"),
    ("unit", "add", "X", "某局", "--kind", "x", "--relation", "county"),
    ("unit", "add", "X", "某局", "--kind", "bureau", "--relation", "x"),
    ("unit", "add", "X", "某局", "--kind", "bureau", "--relation", "county", "--rank-group", "x"),
    ("user", "add", "zz", "--title", "某人", "--role", "x"), ("user", "list", "--role", "x"),
    ("withdraw", "1", "--reason", "x", "--as", "whim"),
])
def test_what_may_be_typed_instead_is_told_in_chinese_with_its_code(zg: Zg, typed: tuple[str, ...]) -> None:
    zg.opened()
    said = zg(*typed, code=None).stderr
    listed = re.search(r"(?:可以写|可用的有|现有流程)：(.*?)。?$", said, re.MULTILINE)
    assert listed, said
    assert [item for item in re.split(r"、(?![^（]*）)", listed[1]) if not NAMED.fullmatch(item)] == [], said


def test_a_name_that_an_office_gave_itself_is_told_with_the_code(zg: Zg) -> None:
    Path("zg.toml").write_text('[labels.states]\nfound = "待分办"\n[labels.triggers]\nassign = "分办"\n', encoding="utf-8")
    zg.opened()
    assert "待分办 found" in zg("list", "--state", "x", code=2).stderr
    assert "分办 assign" in zg("can", "1", "assig", code=3).stderr


def test_names_of_choices_are_typed_as_well_as_their_codes(zg: Zg) -> None:
    zg.opened()
    assert zg("list", "--sort", "编号").stdout == zg("list", "--sort", "number").stdout != ""
    assert zg("count", "--by", "来源").stdout == zg("count", "--by", "source").stdout != ""


# English -----------------------------------------------------------------------------------------------------------------

CHINESE_BY_RIGHT = {
    "problem-no-holidays": "what published calendars mark days with", "help.zg": "the name of the program",
    "hint.usage-portfolio": "names of units", "hint.usage-subject": "names of subjects", "help.user.separate": "the name of the matter",
}


def test_no_english_text_is_half_chinese() -> None:
    found = [
        code for home in (words.texts, words.help_texts) for code, text in home("en").items()
        if CHINESE.search(text) and not code.startswith(("example.", "demo."))
    ]
    assert set(found) == set(CHINESE_BY_RIGHT)


TIMES = ("soon", "2020-02-30", "2020-03-05T25:00", "0000-01-01", "9.1", "2.29", "1000000wd", "yesterday", "5 wds")


@pytest.mark.parametrize("command", [
    ("open", "x", "--source", "visit", "--due"), ("show", "1", "--at"), ("list", "--opened"), ("list", "--changed-since"), ("clock", "set"),
    ("calendar", "due", "2020-10-09"), ("calendar", "add", "--rest"),
])
def test_an_english_error_about_a_time_is_english(zg: Zg, command: tuple[str, ...]) -> None:
    zg("open", "a problem", "--source", "visit")
    for typed in TIMES:
        said = zg("--lang", "en", *command, typed, code=None)
        assert not CHINESE.search(said.stderr), said.stderr


# what is missing ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("language", words.LANGUAGES)
def test_everything_that_must_be_given_has_a_name_of_its_own(language: str) -> None:
    def called(group: str, key: str, name: str) -> bool:
        homes = (f"{group}.{key}", f"{group}.{key.partition('.')[0]}", group)
        return any(words.has(f"{home}.{name}", language) for home in homes)

    needed = [(key, item) for key, item in parameters() if item.required]
    assert len(needed) > 50
    group = {True: "input", False: "argument"}
    assert [(key, item.name) for key, item in needed if not called(group[isinstance(item, click.Option)], key, item.name or "")] == []


@pytest.mark.parametrize(("typed", "chinese", "english"), [
    (("unit", "rename", "FGW"), "缺少新名称：--to。", "Missing: new name, --to."),
    (("unit", "merge", "FGW"), "缺少承接单位：--into。", "Missing: successor, --into."),
    (("unit", "end", "FGW"), "缺少生效日期：--from。", "Missing: day it takes effect, --from."),
    (("user", "disable"), "缺少账号。", "Missing: the account."),
    (("workflow", "draw"), "缺少流程名称或文件。", "Missing: the name or file of a workflow."),
])
def test_what_a_command_lacks_is_called_by_its_own_name(zg: Zg, typed: tuple[str, ...], chinese: str, english: str) -> None:
    assert chinese in zg(*typed, code=2).stderr
    assert english in zg("--lang", "en", *typed, code=2).stderr


@pytest.mark.parametrize(("own", "by_do", "option", "told", "in_english"), [
    (("assign", "1"), ("assign", "1"), "lead", "缺少牵头单位：{} 单位", "the lead is missing: {} UNIT"),
    (("assign", "1", "--lead", "市公安局", "--designate"), ("assign", "1", "--set", "lead=市公安局", "--set", "designate=是"),
     "basis", "缺少指定承办的依据：{} 依据", "the basis of the designation is missing: {} TEXT"),
    (("withdraw", "1", "--reason", "x", "--as", "duplicate"), ("withdraw", "1", "--set", "reason=x", "--set", "as=duplicate"),
     "of", "缺少原事项：{} 编号", "the ticket that this one repeats is missing: {} NO"),
    (("withdraw", "1"), ("withdraw", "1"), "reason", "缺少理由：{} 理由", "reason is missing: {} TEXT"),
])
def test_what_a_trigger_lacks_is_named_as_it_is_typed(
    zg: Zg, own: tuple[str, ...], by_do: tuple[str, ...], option: str, told: str, in_english: str,
) -> None:
    zg.opened()
    for language, text in (("zh", told), ("en", in_english)):
        assert text.format(f"--{option}") in zg("--lang", language, *own, code=5).stderr
        assert text.format(f"--set {option}=").replace("= ", "=") in zg("--lang", language, "do", *by_do, code=5).stderr


def test_a_hint_of_do_names_no_option_that_do_lacks(zg: Zg) -> None:
    number = zg.opened()
    wrong = ("市公安局", "市公安局")
    assert "从 --with 中去掉它" in zg("assign", number, "--lead", wrong[0], "--with", wrong[1], code=5).stderr
    assert "从 --set with 中去掉它" in zg("do", "assign", number, "--set", "lead=市公安局", "--set", "with=市公安局", code=5).stderr
