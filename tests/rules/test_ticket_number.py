"""Numbers of tickets are understood as an office writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.ticket_number import (
    LONGEST,
    TypedNumber,
    full_number,
    number_in,
    number_parts,
    read_number,
    separated,
    series_typed,
    short_number,
)


@pytest.mark.parametrize("text", [
    "ZG-2020-0001", "zg-2020-1", "ZG－２０２０－１", " zg–2020–0001 ", "ZG2020-1", "zg〔2020〕1号", "ZG-2020年第1号",
])
def test_a_whole_number_names_office_year_and_serial(text: str) -> None:
    assert read_number(text) == TypedNumber(1, 2020, "ZG")


@pytest.mark.parametrize("text", ["2020-1", "2020－0001", "２０２０年第１号", "〔2020〕1号", "[2020]1", "（2020）1号"])
def test_without_the_office_it_is_this_offices(text: str) -> None:
    assert read_number(text) == TypedNumber(1, 2020)


@pytest.mark.parametrize("text", ["1", "１", "0001", "第1号", "第１件", "1号", " 1 "])
def test_a_serial_alone_is_of_this_year(text: str) -> None:
    assert read_number(text) == TypedNumber(1)


@pytest.mark.parametrize("text", [
    "", "号", "第号", "ZG-2020", "ZG--1", "1-1", "2020-", "-1", "1.5", "1234567890", "市公安局", "1" * (LONGEST + 1),
    "ZG-0000-1", "0000-1", "〔0000〕1号",
    "²", "①", "ZG-2020-₁", "½", "ZG-２０２０-¹",
])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_an_office_with_dashes_keeps_them() -> None:
    assert read_number("zg-pds-2026-12345") == TypedNumber(12345, 2026, "ZG-PDS")


@given(st.text(max_size=80))
def test_reading_never_fails(text: str) -> None:
    found = read_number(text)
    assert found is None or 0 <= found.serial < 10**9


@given(st.integers(1, 10**9 - 1), st.integers(1000, 9999), st.sampled_from(["ZG", "PDS2", "A-B"]))
def test_every_number_of_ours_is_read_back(serial: int, year: int, office: str) -> None:
    assert read_number(f"{office}-{year}-{serial:04d}") == TypedNumber(serial, year, office)


@pytest.mark.parametrize(("text", "parts"), [
    ("1、2，3", ["1", "2", "3"]), ("1, 2；3 4", ["1", "2", "3 4"]), ("1; 2", ["1; 2"]),
    ("1", ["1"]), ("、", ["、"]), ("", [""]), ("市公安局、", ["市公安局"]),
    ("甲县\r\n乙区\n", ["甲县", "乙区"]), ("\n1、\n2", ["1", "2"]),
    ("各县（市、区）", ["各县（市、区）"]), ("市公安局、各县(市, 区)，1", ["市公安局", "各县(市, 区)", "1"]), ("（市、区", ["（市", "区"]),
])
def test_a_list_is_parted_where_people_part_it(text: str, parts: list[str]) -> None:
    assert separated(text) == parts


def test_a_number_of_this_year_is_short_and_any_other_whole() -> None:
    assert (short_number("ZG-2026-0007", 2026), short_number("ZG-2025-0007", 2026)) == ("7", "ZG-2025-0007")


def test_a_number_has_a_year_and_a_serial() -> None:
    assert number_parts("ZG-2026-0001") == (2026, 1)
    assert number_parts("ZG-PDS-2026-12345") == (2026, 12345)


@pytest.mark.parametrize("number", ["2026-0001", "-2026-0001", "ZG-x-0001", "ZG-2026-", "ZG", ""])
def test_the_parts_of_what_is_no_number_are_refused(number: str) -> None:
    with pytest.raises(ValueError, match=r"not a ticket number|not enough values"):
        number_parts(number)


@given(st.integers(1000, 9999), st.integers(1, 10**9 - 1))
def test_a_number_that_is_written_is_read_again(year: int, serial: int) -> None:
    number = full_number("ZG", year, serial)
    assert number_parts(number) == (year, serial) and read_number(number) == TypedNumber(serial, year, "ZG")


@pytest.mark.parametrize(("typed", "expected"), [
    ("1", "V-2020-0001"), ("2019-7", "V-2019-0007"), ("v-2020-12", "V-2020-0012"),
    ("B-2020-0001", None), ("ZG-2020-0001", None), ("x", None),
])
def test_a_number_of_a_series_is_of_this_year_unless_told(typed: str, expected: str | None) -> None:
    assert number_in("V", typed, 2020) == expected


@pytest.mark.parametrize(("typed", "series"), [("V-2020-1", "V"), ("b-2020-0001", "B"), ("ZG-2020-0001", "ZG"), ("1", None), ("x y", None)])
def test_the_series_is_read_as_it_was_typed(typed: str, series: str | None) -> None:
    assert series_typed(typed) == series
