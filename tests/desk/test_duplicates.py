"""One problem found twice: one ticket is kept, the other names it, and nobody is sent from one to the other and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.desk import opening as desk_opening
from engine.desk.filing import inspect
from engine.desk.showing import show
from engine.desk.tickets import Done
from engine.errors import Refused, TicketNotFound
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.ticket import Ticket
from tests.desk.test_told import contact, inbox, once
from tests.registry.conftest import OFFICE, Town

PDF = b"%PDF-1.4\n"


def withdraw(town: Town, duplicate: Ticket, original: Ticket | str, actor: Actor = OFFICE) -> Ticket:
    number = original if isinstance(original, str) else original.number
    command = Command("withdraw", {"as": "duplicate", "of": number}, {"reason": "同一问题"}, salt="s")
    return town.desk.do(actor, duplicate.number, command).ticket


def link(town: Town, duplicate: Ticket, original: Ticket) -> Ticket:
    return town.desk.link(OFFICE, duplicate.number, original.number).ticket


Repeat = Callable[[Town, Ticket, Ticket], Ticket]
EITHER = pytest.mark.parametrize("repeat", [withdraw, link])


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [reason.code for reason in caught.value.reasons]


@EITHER
def test_the_one_that_is_kept_says_so_and_its_lead_is_told_once(town: Town, repeat: Repeat) -> None:
    kept, other = town.assigned("FGW"), town.assigned("GAJ")
    before = inbox(town)
    after = repeat(town, other, kept)
    assert after.duplicate_of == kept.number
    assert inbox(town) - before == (once("fgw", "gaj") if after.final else once("fgw"))
    event = town.desk.events(OFFICE, kept.number)[-1]
    assert (event.kind, event.data["relation"], event.data["target"]) == ("linked", "has-duplicate", other.number)
    assert town.desk.ticket(OFFICE, kept.number)._replace(version=kept.version) == kept
    assert town.sound()


def test_a_link_to_a_finding_before_its_assignment_moves_nothing_that_a_unit_reads(town: Town) -> None:
    """Neither in the ticket that repeats it nor in one that it repeats."""
    for turn in ((0, 1), (1, 0)):
        hidden = town.desk.open(OFFICE, Opening("暗访发现的问题", "visit", grade="C", lead="FGW")).ticket
        shown = town.assigned("FGW")
        before, told = town.desk.ticket(contact("FGW"), shown.number), inbox(town)
        later = town.at("2020-09-28T09:00")
        link(later, *((hidden, shown)[index] for index in turn))
        assert later.desk.ticket(contact("FGW"), shown.number)._replace(version=before.version) == before
        assert inbox(town) == told


def test_of_a_ticket_that_nobody_was_told_to_see_to_nobody_is_told(town: Town) -> None:
    kept = town.desk.open(OFFICE, Opening("暗访发现的问题", "visit", grade="C", lead="FGW")).ticket
    other = town.assigned("GAJ")
    before = inbox(town)
    withdraw(town, other, kept)
    assert inbox(town) - before == once("gaj")


def test_two_who_open_by_one_key_at_once_open_one_ticket(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second had looked before the first was there: for one unit and for several."""
    opening = Opening("企业开办材料重复提交", "visit", grade="C", key="1")
    look = desk_opening.opened_by_key
    for open_ in (lambda: town.desk.open(OFFICE, opening), lambda: town.desk.open_each(OFFICE, opening, ["FGW", "GAJ"])):
        first, looked = open_(), iter([None])
        monkeypatch.setattr(desk_opening, "opened_by_key", lambda *asked, once=looked: next(once, look(*asked)))
        second = open_()
        firsts, seconds = ([first], [second]) if isinstance(first, Done) else (first, second)
        assert [(done.ticket, done.events) for done in seconds] == [(done.ticket, ()) for done in firsts]  # type: ignore[union-attr]
        monkeypatch.setattr(desk_opening, "opened_by_key", look)


@EITHER
def test_two_do_not_repeat_each_other_and_nothing_is_linked_twice(town: Town, repeat: Repeat) -> None:
    first, second = town.assigned("FGW"), town.assigned("GAJ")
    link(town, second, first)
    before = town.desk.ticket(OFFICE, first.number)
    assert refused(lambda: repeat(town, first, second)) == ["duplicate-of-each-other"]
    assert refused(lambda: link(town, second, first)) == ["duplicate-before"]
    assert town.desk.ticket(OFFICE, first.number) == before
    assert withdraw(town, second, first).state == "withdrawn"
    assert refused(lambda: repeat(town, first, second)) == ["duplicate-of-each-other"]
    assert len([event for event in town.desk.events(OFFICE, first.number) if event.kind == "linked"]) == 1


@EITHER
def test_no_chain_is_made_from_either_end(town: Town, repeat: Repeat) -> None:
    first, second, third = town.assigned("FGW"), town.assigned("GAJ"), town.assigned("KJJ")
    repeat(town, second, first)
    assert refused(lambda: repeat(town, third, second)) == ["original-repeats"]
    assert refused(lambda: repeat(town, first, third)) == ["is-original"]
    assert repeat(town, third, first).duplicate_of == first.number


@EITHER
def test_what_was_withdrawn_is_nobody_s_original_and_what_was_verified_may_be(town: Town, repeat: Repeat) -> None:
    from tests.desk.test_told import verified

    gone, other, done = town.assigned("FGW"), town.assigned("GAJ"), verified(town, "KJJ")
    town.desk.do(OFFICE, gone.number, Command("withdraw", {"as": "mistake"}, {"reason": "x"}, salt="s"))
    assert refused(lambda: repeat(town, other, gone)) == ["original-withdrawn"]
    assert refused(lambda: repeat(town, other, other)) == ["duplicate-of-itself"]
    assert repeat(town, other, done).duplicate_of == done.number


def test_a_linked_duplicate_is_withdrawn_as_one_of_the_same_ticket_only(town: Town) -> None:
    first, second, third = town.assigned("FGW"), town.assigned("GAJ"), town.assigned("KJJ")
    link(town, third, first)
    assert refused(lambda: withdraw(town, third, second)) == ["duplicate-before"]
    with pytest.raises(TicketNotFound):
        withdraw(town, second, "ZG-2020-0099")


def test_a_dry_run_links_nothing(town: Town) -> None:
    kept, other = town.assigned("FGW"), town.assigned("GAJ")
    before = inbox(town)
    town.desk.link(OFFICE, other.number, kept.number, dry_run=True)
    assert town.desk.ticket(OFFICE, kept.number) == kept and inbox(town) == before


def test_the_one_that_is_kept_lists_its_duplicates_with_their_files_to_whoever_may_see_them(town: Town, tmp_path: Path) -> None:
    kept, other = town.assigned("FGW"), town.assigned("GAJ")
    (tmp_path / "证据.pdf").write_bytes(PDF)
    files = [inspect(tmp_path / "证据.pdf")]
    town.desk.do(contact("GAJ"), other.number, Command("progress", {}, {"note": "x"}, salt="s"), files=files)
    withdraw(town, other, kept)
    shown = show(town.desk, OFFICE, kept.number)
    (listed,) = shown.view["duplicates"]
    assert shown.view["links"] == [{"relation": "has-duplicate", "number": listed["number"]}]
    assert show(town.desk, OFFICE, listed["number"]).view["links"] == [{"relation": "duplicate-of", "number": kept.number}]
    assert (listed["number"], listed["state"], listed["lead"]) == (other.number, "withdrawn", "GAJ")
    assert [file["name"] for file in listed["files"]] == ["证据.pdf"]
    assert show(town.desk, contact("FGW"), kept.number).view["duplicates"] == []
    assert show(town.desk, contact("FGW"), kept.number).view["links"] == []
    for actor, number in ((OFFICE, kept.number), (contact("GAJ"), None)):
        assert show(town.desk, actor, other.number).view["duplicate_of"] == number


def test_a_mistaken_link_is_taken_back_in_both_histories_and_the_record_verifies(town: Town) -> None:
    kept, other = town.assigned("FGW"), town.assigned("GAJ")
    link(town, other, kept)
    before = inbox(town)
    done = town.desk.unlink(OFFICE, other.number, "不是同一个问题")
    assert done.ticket.duplicate_of is None and town.desk.duplicates(OFFICE, town.desk.ticket(OFFICE, kept.number)) == []
    relations = [
        [event.data["relation"] for event in town.desk.events(OFFICE, number) if event.kind == "linked"]
        for number in (other.number, kept.number)
    ]
    assert relations == [["duplicate-of", "not-duplicate-of"], ["has-duplicate", "no-duplicate"]]
    assert inbox(town) - before == once("fgw") and town.sound()
    assert refused(lambda: town.desk.unlink(OFFICE, other.number, "不是同一个问题")) == ["no-duplicate"]
    assert link(town, other, kept).duplicate_of == kept.number


def test_of_a_ticket_that_was_withdrawn_as_a_duplicate_the_withdrawal_is_taken_back(town: Town) -> None:
    kept, other = town.assigned("FGW"), town.assigned("GAJ")
    withdraw(town, other, kept)
    assert refused(lambda: town.desk.unlink(OFFICE, other.number, "不是同一个问题")) == ["withdrawn-as-duplicate"]


@pytest.mark.parametrize("assigned", [True, False])
def test_a_withdrawal_that_is_taken_back_is_said_in_the_history_of_the_original_too(town: Town, assigned: bool) -> None:
    """Also of a finding that nobody was told to see to: whoever heard that it was merged hears that it was not."""
    kept = town.assigned("FGW")
    other = town.assigned("GAJ") if assigned else town.desk.open(OFFICE, Opening("暗访发现的问题", "visit", grade="C")).ticket
    withdraw(town, other, kept)
    before = inbox(town)
    command = Command("reinstate", {}, {"reason": "不是同一个问题"}, salt="s")
    assert town.desk.do(OFFICE, other.number, command, dry_run=True).ticket.duplicate_of is None
    assert town.desk.events(OFFICE, kept.number)[-1].data["relation"] == "has-duplicate"
    assert town.desk.do(OFFICE, other.number, command).ticket.duplicate_of is None
    event = town.desk.events(OFFICE, kept.number)[-1]
    assert (event.kind, event.data["relation"], event.data["target"]) == ("linked", "no-duplicate", other.number)
    assert (inbox(town) - before)["fgw"] == 1 and town.sound()
    assert town.desk.duplicates(OFFICE, town.desk.ticket(OFFICE, kept.number)) == []
    assert link(town, other, kept).duplicate_of == kept.number


def test_a_dry_run_takes_no_link_back(town: Town) -> None:
    kept, other = town.assigned("FGW"), town.assigned("GAJ")
    link(town, other, kept)
    assert town.desk.unlink(OFFICE, other.number, "不是同一个问题", dry_run=True).ticket.duplicate_of is None
    assert town.desk.ticket(OFFICE, other.number).duplicate_of == kept.number
