"""The templates: every one compiles and is shown by somebody, every code has a text, nothing is styled or scripted in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import nodes

from engine import words
from engine.errors import Reason, Refused, TicketNotFound
from engine.rules.worktime import Calendar, Side, parse_when
from engine.web.problem import COMMAND, OF_PAGES, problem_of
from engine.web.templating import TEMPLATES, environment
from engine.words.phrase import Phrase
from tests.web.conftest import Office, shown

NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
PAGES = [name for name in NAMES if not name.startswith(("base/", "parts/")) and "/_" not in name]
SOURCE = {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in NAMES}
ENGINE = TEMPLATES.parents[1]
OWN_FILE = re.compile(r"""<script src="\{\{ w\.asset\('[\w.]+'\) \}\}" defer></script>""")
"""The one way in which a page loads a script."""


def trees() -> Iterator[tuple[str, nodes.Template]]:
    yield from ((name, environment(words.OFFICE_LANGUAGE).parse(source)) for name, source in SOURCE.items())


def literal_codes() -> set[str]:
    """The codes of texts that templates name, also as the beginning of one: `'today.' ~ section.name`."""
    found = set()
    for _, tree in trees():
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                found |= {item.value for argument in call.args for item in _constants(argument)}
    return found


def _constants(node: nodes.Node) -> Iterator[nodes.Const]:
    if isinstance(node, nodes.Const):
        yield node
    elif isinstance(node, nodes.CondExpr):
        yield from (*_constants(node.expr1), *(_constants(node.expr2) if node.expr2 else ()))
    elif isinstance(node, nodes.Concat):
        yield from _constants(node.nodes[0])


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_template_compiles(language: str) -> None:
    for name in NAMES:
        environment(language).get_template(name)


def test_every_page_is_shown_by_an_endpoint_and_every_part_by_a_page() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ENGINE / "web").rglob("*.py"))
    named = {name for source in SOURCE.values() for name in re.findall(r'"([\w/]+\.html)"', source)}
    assert [name for name in PAGES if f'"{name.removesuffix(".html")}"' not in code and f'"{name}"' not in code] == []
    assert [name for name in NAMES if name not in PAGES and name not in named] == []


def lineage(name: str) -> list[str]:
    """A template, the one it extends, and so on to the first."""
    extended = re.match(r'{% extends "([\w./]+)" %}', SOURCE[name])
    return [name, *(lineage(extended[1]) if extended else ())]


@pytest.mark.parametrize("name", [name for name in PAGES if name != "problem/bare.html"])
def test_every_page_has_a_title_and_one_heading(name: str) -> None:
    line = lineage(name)
    assert line[-1].startswith("base/") and any("{% block title %}" in SOURCE[page] for page in line)
    content = next(page for page in line if "{% block content %}" in SOURCE[page] or "<h1" in SOURCE[page])
    shown_with_it = {content, *(page for page in line if page.startswith("base/"))}
    assert sum(SOURCE[page].count("<h1") for page in shown_with_it) == 1


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_styled_or_scripted_in_place_and_no_role_is_asked_for(name: str) -> None:
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style|javascript:|\|safe|autoescape", OWN_FILE.sub("", SOURCE[name]))
    assert not re.search(r"reader\.role|\brole ==|access\.", SOURCE[name])


@pytest.mark.parametrize("name", NAMES)
def test_no_word_that_people_read_stands_in_a_template(name: str) -> None:
    bare = re.sub(r"<[^>]*>", " ", re.sub(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", SOURCE[name]))
    assert set(re.findall(r"[^\W\d_]+", bare)) - {"整", "csv", "ics", "xlsx"} == set()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_code_of_a_template_has_a_text(language: str) -> None:
    whole = [code for code in literal_codes() if not code.endswith((".", "-"))]
    assert len(whole) > 80
    assert [code for code in whole if not words.has(code, language)] == []


def test_the_texts_of_pages_are_the_same_in_every_language_and_each_is_said() -> None:
    tables = [words.page_texts(language) for language in words.LANGUAGES]
    assert {frozenset(table) for table in tables} == {frozenset(tables[0])}
    fields = [{code: set(re.findall(r"\{(\w+)", text)) for code, text in table.items()} for table in tables]
    assert fields[0] == fields[1]
    code = "".join(path.read_text(encoding="utf-8") for path in (ENGINE / "web").rglob("*.py"))
    said = literal_codes() | set(re.findall(r'"(page\.[\w.-]+)"', code))
    begun = tuple(item for item in said if item.endswith((".", "-")))
    assert [code for code in tables[0] if code not in said and not code.startswith(begun)] == []


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_pages_have_a_hint_of_their_own_only_where_a_terminal_names_a_command(language: str) -> None:
    own = {code.removeprefix(OF_PAGES): text for code, text in words.page_texts(language).items() if code.startswith(OF_PAGES)}
    texts = words.texts(language)
    assert len(own) > 100
    assert [code for code in own if not COMMAND.search(texts[f"hint.{code}"])] == []
    given = {code: set(re.findall(r"\{(\w+)", texts[f"hint.{code}"] + texts.get(code, ""))) | {"typed"} for code in own}
    assert [code for code, text in own.items() if not set(re.findall(r"\{(\w+)", text)) <= given[code]] == []


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_a_page_says_may_be_written_for_a_time_is_read(language: str) -> None:
    calendar = Calendar("办公时间", "Asia/Shanghai", (("09:00", "17:00"),), frozenset({5, 6}))
    for code in ("when-not-understood", "when-not-an-amount", "when-unknown-unit"):
        said = words.page_texts(language)[f"page.why.{code}"].strip(".。").removeprefix("可以写 ").removeprefix("Write ")
        for text in re.split("、|, ", said):
            assert parse_when(text, datetime(2020, 6, 15, 1, tzinfo=UTC), calendar, Side.COMING).at
            assert not re.search(r"\d(wd|wh|mo|d|h)\b", text), "in words, not as a terminal has it"


def test_a_page_says_in_words_what_a_terminal_says_by_a_command_and_each_hint_once() -> None:
    again = Refused((
        Reason("state-wrong", {"state": "closed", "sources": ["rectifying"], "trigger": "endorse"}),
        Reason("nowhere-back", {"trigger": "endorse"}), Reason("scan-missing", exit=4),
    ), number="ZG-2020-0001", trigger="endorse")
    assert problem_of(again, Phrase("zh", typed=None)).advice == (
        "事项页面上列着现在可以做什么", "用 “佐证文件” 附上扫描件，或由单位负责人自己审签",
    )
    assert problem_of(TicketNotFound(number="9"), Phrase("en", typed=None)).hint == "the ledger shows the tickets you may see"


def test_a_name_that_a_view_does_not_have_is_an_error() -> None:
    with pytest.raises(Exception, match="nothing"):
        environment(words.OFFICE_LANGUAGE).from_string("{{ view.nothing }}").render(view=object())


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", [
    "/", "/ledger", "/tickets/1", "/tickets/3/comment", "/tickets/2/assign", "/account", "/about", "/tickets/9",
])
def test_every_page_speaks_one_language(read_office: Office, path: str, language: str) -> None:
    browser = read_office.browser("office", language)
    text = shown(browser.client.get(path, headers=browser.heads).text)
    assert not re.search(r"\b(page|field|card|because|rung|today)\.[a-z]", text), text
    assert "undefined" not in text and "None" not in text
    if language == "zh-CN":
        assert not re.search(r"(?<!-)\b(the|required|choose)\b", text)


def test_no_file_of_the_folder_is_no_template() -> None:
    assert [path for path in TEMPLATES.rglob("*") if path.is_file() and path.suffix != ".html"] == []
    assert isinstance(TEMPLATES, Path)
