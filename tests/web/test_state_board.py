"""The ledger as a board by state: columns with their cards, on each card what its reader may do that moves it on."""

from __future__ import annotations

import re
from html import unescape

import pytest

from engine.desk import lists, state_board
from tests.web.conftest import Office, shown


def columns(html: str) -> dict[str, list[str]]:
    """The numbers of the cards of each state."""
    parts = re.split(r'data-state="([\w-]+)"', html)[1:]
    named = zip(parts[::2], parts[1::2], strict=True)
    return {name: list(dict.fromkeys(re.findall(r"/tickets/(ZG-2020-\d{4})\"", part))) for name, part in named}


def moves(html: str) -> set[tuple[str, str]]:
    """Each act of a menu, and where it leads."""
    return set(re.findall(r'href="/tickets/ZG-2020-\d{4}/([\w-]+)" data-to="([\w -]+)"', html))


def test_each_state_is_a_column_with_its_cards_and_a_menu_of_what_leads_out_of_it(read_office: Office) -> None:
    html = read_office.browser("office").get("/ledger/board")
    listed: dict[str, list[str]] = {}
    for node in read_office.zg.lines("list"):
        listed.setdefault(node["state"], []).append(node["number"])
    assert columns(html) == listed
    assert ("assign", "assigned") in moves(html) and all(act not in ("comment", "urge", "amend") for act, _ in moves(html))


def test_a_unit_sees_its_own_cards_and_moves_them_by_its_own_acts(read_office: Office) -> None:
    html = read_office.browser("scjgj").get("/ledger/board")
    assert list(columns(html).values()) == [["ZG-2020-0001"]]
    assert {act for act, _ in moves(html)} == {"accept", "decline"}
    assert moves(read_office.browser("auditor").get("/ledger/board")) == set()


def test_the_board_takes_the_filters_of_the_ledger_and_each_head_leads_to_its_list(read_office: Office) -> None:
    browser = read_office.browser("office")
    html = browser.get("/ledger/board?every=1&text=评价器")
    assert list(columns(html).values()) == [["ZG-2020-0002"]] and "只列符合筛选条件的" in shown(html)
    head = re.search(r'<h2[^>]*><a href="([^"]+)">', html)
    assert head is not None and "ZG-2020-0002" in browser.get(unescape(head[1]))
    assert columns(browser.get("/ledger/board?sort=level")) and columns(browser.get("/ledger/board?closed=1")) == {}
    browser.get("/ledger/board?filter=all", 422)


@pytest.mark.parametrize("most", [1, 1_000])
def test_a_column_shows_the_first_and_counts_the_others_also_of_a_ledger_too_long_to_count(
    office: Office, monkeypatch: pytest.MonkeyPatch, most: int,
) -> None:
    office.zg("open", "又一件", "--source", "visit")
    monkeypatch.setattr(state_board, "MOST_CARDS", 1)
    monkeypatch.setattr(lists, "MOST_COUNTED", most)
    browser = office.browser("office")
    html = browser.get("/ledger/board?state=found")
    assert [len(cards) for cards in columns(html).values()] == [1]
    rest = re.search(r'<p><a href="([^"]+)">还有 (\d) 件(\+?)<', html)
    assert rest is not None and (rest[2], rest[3]) == ("1", "+" if most == 1 else "")
    assert len(set(re.findall(r"/tickets/(ZG-2020-\d{4})", browser.get(unescape(rest[1]))))) == 2
