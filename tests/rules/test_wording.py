"""What people may type."""

from __future__ import annotations

import pytest

from engine.rules.wording import LONGEST, LONGEST_TITLE, name_problem, title_problem, unit_name_problem, word_problem


@pytest.mark.parametrize("title", ["企业开办材料重复提交", "a" * LONGEST_TITLE, "𠮷野家开办受阻", "“一网通办” – 3.1 · ①"])
def test_an_honest_title_is_fine(title: str) -> None:
    assert title_problem(title) is None


@pytest.mark.parametrize(("title", "code"), [
    ("", "title-empty"), (" \t\n", "title-empty"), ("\u3000", "title-empty"), ("\u200b\u2060", "title-empty"),
    ("a" * (LONGEST_TITLE + 1), "words-long"),
    ("一\n二", "words-control"), ("一\t二", "words-control"), ("一\x00二", "words-control"),
    ("一\x1b[31m二", "words-control"), ("一\u200b二", "words-control"), ("一\u3164二", "words-control"), ("一\U000e0041", "words-control"),
    ("一\ufe0f二", "words-control"), ("\u3164\u115f", "title-empty"), ("\u2800", "title-empty"), ("\U000e0041\ufe0f", "title-empty"),
])
def test_a_title_is_one_line_of_text(title: str, code: str) -> None:
    problem = title_problem(title)
    assert problem is not None and problem.code == code


@pytest.mark.parametrize("char",
    ["\x00", "\x7f", "\ud800", "\u202e", "\u2066", "\u200e", "\u200f", "\u061c", "\ufeff", "\u2028", "\ue000", "\uffff",
        "\u0378"])
def test_what_cannot_be_seen_or_turns_the_text_around_is_refused(char: str) -> None:
    problem = word_problem("note", f"报告{char}exe", LONGEST)
    assert problem is not None
    assert (problem.code, problem.values) == ("words-control", {"field": "note", "char": f"U+{ord(char):04X}"})


def test_notes_may_have_lines_and_tabs() -> None:
    assert word_problem("note", "第一行\r\n\t第二行", LONGEST) is None


def test_notes_may_have_what_letters_are_joined_by() -> None:
    assert word_problem("note", "\u0646\u0645\u06cc\u200c\u062f \u26a0\ufe0f", LONGEST) is None


def test_a_note_has_an_end_and_is_not_blank() -> None:
    assert word_problem("note", "字" * LONGEST, LONGEST) is None
    long = word_problem("note", "字" * (LONGEST + 1), LONGEST)
    assert long is not None and long.values == {"field": "note", "length": LONGEST + 1, "longest": LONGEST}
    blank = word_problem("note", " \n", LONGEST)
    assert blank is not None and blank.code == "words-empty"


@pytest.mark.parametrize("name", [
    "市发展改革委", "各县（市、区）", "王某某（副市长）", "𠮷野办", "O'Neil & Co.", "一·二", "12345",
    "Ａ区二〇一办", "佐々木コーポ", "Отдел 1", "ㄅㄆ处", "cafeʼ", "Ⅱ类办",
])
def test_an_honest_name_is_fine(name: str) -> None:
    assert name_problem("name", name, 60) is None


@pytest.mark.parametrize(("name", "code"), [
    ("公安\u200b局", "words-control"), ("公安局\u2060", "words-control"), ("公安\u00ad局", "words-control"),
    ("公\ufe0f安局", "words-control"),
    ("公\U000e0100安局", "words-control"), ("公安\u3164局", "words-control"), ("公安\u034f局", "words-control"),
    ("A/B", "name-slash"), ("公安局／交警", "name-slash"), ("a\u2044b", "name-slash"), ("℅王某", "name-slash"), ("", "words-empty"),
    ("长" * 61, "words-long"), ("一\n二", "words-control"), ("\u0410BC", "name-scripts"), ("市\u0410\u0412\u0421局", "name-scripts"),
    ("\u039f办", "name-scripts"), ("\u0391\u0410", "name-scripts"),
])
def test_a_name_has_nothing_unseen_and_no_slash(name: str, code: str) -> None:
    problem = name_problem("name", name, 60)
    assert problem is not None and (problem.code, problem.values["field"]) == (code, "name")


@pytest.mark.parametrize("sign", ["、", "，", ",", "；", ";", "､", "﹐"])
def test_the_name_of_a_unit_is_never_a_list(sign: str) -> None:
    for name in (f"市公安局{sign}市税务局", f"{sign}市公安局", f"各县（市{sign}区）{sign}", f"（市{sign}区"):
        problem = unit_name_problem("name", name, 60)
        assert problem is not None and (problem.code, problem.values) == ("name-list", {"field": "name", "char": sign})
    assert unit_name_problem("name", f"各县（市{sign}区）", 60) is None


def test_the_name_of_a_unit_is_a_name() -> None:
    problem = unit_name_problem("name", "公安局/交警", 60)
    assert problem is not None and problem.code == "name-slash"
