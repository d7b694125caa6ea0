"""Templates as programs: they show what Jinja by itself would show, and say what stands fast without asking again."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from engine.web.templating import TEMPLATES, Templates
from engine.words import say
from tests.web.conftest import Office

PATHS = ("/", "/ledger", "/ledger?state=rectifying&column=grade", "/tickets/1", "/tickets/3/comment", "/account", "/figures", "/units")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_page_is_what_the_templates_give_as_they_are_written(
    read_office: Office, monkeypatch: pytest.MonkeyPatch, language: str,
) -> None:
    browser = read_office.browser("office", language)
    ours = {path: browser.get(path) for path in PATHS}
    written = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    monkeypatch.setattr("engine.web.page.environment", lambda _: written)
    assert {path: browser.get(path) for path in PATHS} == ours


def templates(**sources: str) -> Templates:
    made = Templates("en")
    made.loader = DictLoader({name.replace("_", "/") + ".html": source for name, source in sources.items()})
    return made


def never(*_: object, **__: object) -> str:
    raise AssertionError


def test_a_text_without_a_place_for_a_value_is_said_without_looking_it_up() -> None:
    made = templates(a="{{ t('field.number') }} {{ t('field.state') if on else t('field.lead') }}")
    assert made.get_template("a.html").render(t=never, on=True) == f"{say('field.number', 'en')} {say('field.state', 'en')}"


def test_a_text_with_a_value_or_without_a_place_here_is_looked_up_when_it_is_said() -> None:
    made = templates(a="{{ t('page.tickets.event', seq=3) }}{{ t('nobody.says.this') }}{{ t(code) }}")
    assert made.get_template("a.html").render(t=lambda code, **values: f"[{code}{values}]", code="x") == (
        "[page.tickets.event{&#39;seq&#39;: 3}][nobody.says.this{}][x{}]"
    )


def test_texts_that_are_put_together_are_escaped_once_and_pieces_of_a_page_are_not() -> None:
    made = templates(a="{{ '/' ~ word }}{{ word ~ safe ~ 3 }}")
    assert made.get_template("a.html").render(word="<i>", safe=Markup("<u>")) == "/&lt;i&gt;&lt;i&gt;<u>3"


PART = "{% macro mark(word, kind='plain') %}<b class=\"{{ kind }}\">{{ word }}{% if note %}!{% endif %}</b>{% endmacro %}"
ALONE = PART.replace("{% if note %}!{% endif %}", "")


def test_what_a_macro_shows_stands_where_it_is_shown_with_its_own_names_and_nothing_unescaped() -> None:
    loop = "{% for word in words %}{{ mark(word) }}{{ mark(kind='k', word=safe) }}{% endfor %}{{ word }}"
    made = templates(p=ALONE, a="{% from 'p.html' import mark %}" + loop)
    found = made.get_template("a.html").render(words=["<i>", "&"], safe=Markup("<u>"), word="outside")
    assert found == '<b class="plain">&lt;i&gt;</b><b class="k"><u></b><b class="plain">&amp;</b><b class="k"><u></b>outside'
    assert "get_template" not in made._generate(made._parse(made.loader.get_source(made, "a.html")[0], "a", None), "a", None)


def test_what_stands_fast_where_a_macro_is_shown_is_settled_there_and_nowhere_else() -> None:
    part = "{% macro field(name, label) %}{{ name }}: {{ label }}{% if form.on(name) %}!{% endif %};{% endmacro %}"
    other = "{% macro twice(name) %}{{ name }}{% set name = name ~ '>' %}{{ name }};{% endmacro %}"
    shown = "{{ field('a<', t('field.state')) }}{{ field('b', label=word) }}{{ field('c', t('field.lead')) }}{{ twice('d') }}"
    made = templates(p=part + other, a="{% from 'p.html' import field, twice %}" + shown)
    found = made.get_template("a.html").render(t=never, word="&", form=On("b"))
    assert found == f"a&lt;: {say('field.state', 'en')};b: &amp;!;c: {say('field.lead', 'en')};dd&gt;;"
    program = made._generate(made._parse(made.loader.get_source(made, "a.html")[0], "a", None), "a", None)
    assert program.count("environment.piece(") == 3, "a word, and what is given another value"


class On:
    """A form in which one switch is on."""

    def __init__(self, name: str) -> None:
        self._name = name

    def on(self, name: str) -> bool:
        return name == self._name


def test_a_macro_that_names_what_its_own_file_holds_is_called_as_jinja_calls_it() -> None:
    made = templates(p=f"{{% set note = true %}}{PART}", a="{% from 'p.html' import mark %}{{ mark('x') }}")
    assert made.get_template("a.html").render(note=False) == '<b class="plain">x!</b>'


def test_a_macro_that_is_handed_too_little_is_an_error_when_it_is_shown() -> None:
    made = templates(p=ALONE, a="{% from 'p.html' import mark %}{{ mark() }}")
    with pytest.raises(Exception, match="word"):
        made.get_template("a.html").render()
