"""Width, ellipsis, alignment, colour, and nothing raw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cli.call import dumped
from engine.cli.table import Cell, Column, pairs, table, tsv
from engine.cli.terminal import Terminal, clean, detect_terminal, display_width, fit, pad, wrap

PLAIN = Terminal(out=True, err=True, ask=False, width=60, colour=False)


@pytest.mark.parametrize(("text", "width"), [
    ("", 0), ("abc", 3), ("整改", 4), ("整改ab", 6), ("e\u0301", 1), ("Ⅰ", 1), ("（）", 4), ("●", 1), ("ｱ", 1), ("\u200b", 0),
])
def test_chinese_counts_twice_and_ambiguous_once(text: str, width: int) -> None:
    assert display_width(text) == width


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_fitted_text_never_exceeds_its_width_and_what_fits_stays(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert display_width(fitted) <= width
    assert fitted == text or fitted.endswith("…")
    if display_width(text) <= width:
        assert fitted == text


COMMANDS = {
    *map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u200e\u200f\u061c\u2028\u2029\ud800\udfff",
    *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)),
}
"""What makes a terminal do something, turns the reading direction, ends a line, or is no character at all."""


@pytest.mark.parametrize("char", sorted(COMMANDS - {*"\n\t"}), ids=ascii)
def test_nothing_that_commands_a_terminal_gets_through(char: str) -> None:
    for text in (char, f"整改{char}", f"a{char}b"):
        assert clean(text) == clean(text, lines=True) == text.replace(char, f"\\u{ord(char):04x}")


@given(st.text(st.one_of(st.sampled_from(sorted(COMMANDS)), st.characters(exclude_categories=["Cs"])), max_size=30))
def test_breaks_and_tabs_stay_where_lines_are_wanted_and_what_is_harmless_is_kept(text: str) -> None:
    assert not set(clean(text)) & COMMANDS and not set(clean(text, lines=True)) & COMMANDS - {*"\n\t"}
    assert [char for char in clean(text, lines=True) if char in "\n\t"] == [char for char in text if char in "\n\t"]
    harmless = "".join(char for char in text if char not in COMMANDS)
    assert clean(harmless) == harmless


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert clean("a\x1b[31mb\u202ec\rd") == "a\\u001b[31mb\\u202ec\\u000dd"


COMMANDING = st.one_of(st.sampled_from("\x1b\x7f\x9b\u202e\n"), st.characters(codec="utf-8"))


@given(st.dictionaries(st.text(max_size=5), st.text(COMMANDING, max_size=20), max_size=3))
def test_json_is_read_back_as_it_was_and_has_no_raw_controls(value: dict[str, str]) -> None:
    import json

    text = dumped(value)
    assert json.loads(text) == value
    assert all(char >= " " and not "\x7f" <= char <= "\x9f" and char != "\u202e" for char in text)


def test_columns_line_up_under_wide_characters() -> None:
    columns = [Column("灯"), Column("编号", whole=True), Column("事项")]
    lines = table(columns, [["● 红", "ZG-2020-0001", "重复"], ["▲", "ZG-2020-0002", "ab"]], PLAIN)
    starts = {display_width(line[: line.index("ZG-")]) for line in lines[1:]}
    assert len(starts) == 1
    assert lines[0].startswith("灯")


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80])
def test_a_narrow_terminal_cuts_titles_and_never_numbers(width: int) -> None:
    terminal = Terminal(out=True, err=True, ask=False, width=width, colour=False)
    rows = [["ZG-2020-0001", "企业开办材料重复提交，窗口要求重复提供纸质证明", "市市场监管局"]]
    lines = table([Column("编号", whole=True), Column("事项"), Column("牵头单位")], rows, terminal)
    assert "ZG-2020-0001" in lines[1]
    assert all(display_width(line) <= max(width, 12 + 2 + 6 + 2 + 6) for line in lines)
    if width < 60:
        assert "…" in lines[1]


def test_figures_stand_at_the_right() -> None:
    lines = table([Column("n", right=True, whole=True), Column("x")], [["7", "a"], ["1234", "b"]], PLAIN)
    assert lines[1].startswith("   7") and lines[2].startswith("1234")


def test_no_rows_no_table() -> None:
    assert table([Column("x")], [], PLAIN) == []


def test_lines_for_programs_are_whole_and_have_no_tabs_inside() -> None:
    assert tsv([["a\tb", None, 3]]) == ["a b\t\t3"]


def test_empty_values_are_left_out_of_pairs() -> None:
    assert pairs([("甲", "1"), ("乙丙", ""), ("丁", Cell("2", ("red",)))], PLAIN) == ["甲  1", "丁  2"]
    program = Terminal(out=False, err=False, ask=False, width=60, colour=False)
    assert pairs([("甲", "1")], program) == ["甲\t1"]


def test_paint_only_with_colour() -> None:
    assert PLAIN.paint("x", "red") == "x"
    assert Terminal(True, True, False, 80, True).paint("x", "red") == "\x1b[31mx\x1b[0m"


@pytest.mark.parametrize(("environ", "color", "expected"), [
    ({"ZG_FORCE_TTY": "1"}, "auto", True), ({}, "auto", False), ({"ZG_FORCE_TTY": "1", "NO_COLOR": "1"}, "auto", False),
    ({"CLICOLOR_FORCE": "1"}, "auto", True), ({"CLICOLOR_FORCE": "0"}, "auto", False),
    ({"ZG_FORCE_TTY": "1", "CLICOLOR": "0"}, "auto", False), ({"ZG_FORCE_TTY": "1", "TERM": "dumb"}, "auto", False),
    ({"NO_COLOR": "1"}, "always", True), ({"CLICOLOR_FORCE": "1"}, "never", False),
    ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, "auto", False),
])
def test_colour_follows_the_usual_variables(environ: dict[str, str], color: str, expected: bool) -> None:
    assert detect_terminal(environ, color).colour is expected


@pytest.mark.parametrize(("said", "width"), [("100", 100), ("0", 80), ("x", 80), ("", 80)])
def test_columns_says_how_wide(said: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    def none(*_: object) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr(os, "get_terminal_size", none)
    assert detect_terminal({"COLUMNS": said}).width == width


def test_padding_counts_columns() -> None:
    assert pad("整", 4) == "整  "


@pytest.mark.parametrize(("width", "titles"), [(60, ["编号", "事项"]), (36, ["编号", "事项"]), (70, ["编号", "事项", "状态"])])
def test_where_there_is_no_room_the_spare_column_goes_before_the_title_says_nothing(width: int, titles: list[str]) -> None:
    terminal = Terminal(out=True, err=True, ask=False, width=width, colour=False)
    columns = [Column("编号", whole=True), Column("事项", least=44), Column("状态", spare=1)]
    lines = table(columns, [["ZG-2020-0001", "企业开办材料重复提交" * 5, "整改中"]], terminal)
    assert lines[0].split() == titles


def test_where_there_is_no_room_a_column_that_says_nothing_goes_first() -> None:
    columns = [Column("编号", whole=True), Column("到期日", whole=True), Column("事项")]
    rows = [["ZG-2020-0001", "", "企业开办材料重复提交"]]
    heads = [
        table(columns, rows, Terminal(out=True, err=True, ask=False, width=width, colour=False))[0].split() for width in (80, 34)
    ]
    assert heads == [["编号", "到期日", "事项"], ["编号", "事项"]]


def test_no_line_begins_with_a_mark_that_belongs_to_the_word_before() -> None:
    for width in range(8, 24):
        lines = wrap("工作任务 26、指标 16、目标值 34、设置 7。", width)
        assert not [line for line in lines if line.strip().startswith(("、", "。"))], width
