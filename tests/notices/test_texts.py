"""What a notice says, as values: nothing here needs a record."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.notices.texts import LONGEST_SHORT, Line, body, cut, free_line, length, plain, short, subject, text_of_facts
from engine.words.phrase import Phrase

AT = datetime(2020, 10, 9, 10, 0, tzinfo=UTC)
LINE = Line("ZG-2020-0001", "企业开办材料重复提交", "催办", AT)
TEXT = st.text(max_size=200)


@given(TEXT, TEXT, st.sampled_from(["zh", "en"]), st.booleans(), st.integers(1, 10**6), st.text(max_size=20))
def test_an_sms_never_has_more_than_70_characters_whatever_it_tells(
    title: str, what: str, language: str, past: bool, count: int, signature: str,
) -> None:
    line = Line("ZG-2020-0001", plain(title), plain(what), AT, past)
    for lines in ([line], [free_line(what)]):
        text = short(lines, count, Phrase(language), plain(signature))
        assert length(text) <= LONGEST_SHORT and "\n" not in text


@given(TEXT)
def test_one_line_stays_one_line_and_nothing_in_it_commands(text: str) -> None:
    assert plain(text).isprintable() and not {"\n", "\r", "\u2028", "\u202e", "\x00"} & set(plain(text))


@given(st.text(max_size=100), st.integers(1, 80))
def test_what_is_cut_is_no_longer_than_it_may_be(text: str, longest: int) -> None:
    assert length(cut(text, longest)) <= longest and (length(text) > longest or cut(text, longest) == text)


@pytest.mark.parametrize(("language", "expected"), [
    ("zh", "ZG-2020-0001《企业开办材料重复提交》催办，10月9日到期，请登录系统办理。"),
    ("en", "ZG-2020-0001 企业开办材料重复提交: 催办, due 10-09"),
])
def test_an_sms_says_number_title_what_and_by_when(language: str, expected: str) -> None:
    assert short([LINE], 1, Phrase(language)) == expected


def test_a_text_for_a_unit_stands_by_itself() -> None:
    line = free_line("放假或上班安排有变动，贵单位 3 件整改事项的日期随之变动：" + "甲；" * 60)
    assert subject([line], 1, Phrase("zh")).startswith("【整改提醒】放假或上班安排有变动") and len(subject([line], 1, Phrase("zh"))) < 70
    page = body([line], 1, Phrase("zh"), "https://zg.example.gov.cn/{number}")
    assert page == line.what


MOVED = {"say": "calendar.notice-date", "clock": {"zh": "整改", "en": "rectify"}, "old": "2020-02-01", "new": "2020-02-04"}
FIRM = {"say": "calendar.notice-firm", "clock": {"zh": "核验", "en": "verify"}, "old": "2020-02-05", "new": "2020-02-05"}


@pytest.mark.parametrize(("language", "expected"), [
    ("zh", "随之变动：ZG-1 整改由 2020-02-01 改为 2020-02-04、核验 2020-02-05 由暂定转为确定；另有 2 件"),
    ("en", "3 tickets of your unit: ZG-1 rectify: 2020-02-01 becomes 2020-02-04, verify 2020-02-05 is no longer provisional; 2 more"),
])
def test_facts_kept_for_a_notice_are_said_in_the_language_of_whoever_reads(language: str, expected: str) -> None:
    facts = {"say": "calendar.notice", "count": 3, "tickets": [
        {"say": "calendar.notice-ticket", "number": "ZG-1", "moved": [MOVED, FIRM]}, {"say": "calendar.notice-more", "count": 2},
    ]}
    assert text_of_facts(json.dumps(facts), language).endswith(expected)


def test_a_ticket_told_of_twice_has_one_link() -> None:
    page = body([LINE, Line("ZG-2020-0001", "企业开办材料重复提交", "督办", AT, True)], 2, Phrase("zh"), "https://h/{number}")
    assert page.count("https://h/ZG-2020-0001") == 1 and page.index("催办") < page.index("督办") < page.index("https")
