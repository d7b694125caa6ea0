"""What an entry states is what its rows change: of every entry there is, one that fits, and every way to bend it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.rules.event import Event
from engine.rules.judging.known import Post
from engine.rules.judging.statement import stated
from engine.rules.proof.chain import canonical
from tests.rules.told import Told

AT = datetime(2020, 9, 25, 1, tzinfo=UTC)
NOW, LATER = "2020-09-25T01:00:00.000000Z", "2020-10-25T01:00:00.000000Z"
HASH, OTHER_HASH = "a" * 64, "b" * 64

ROUND = {"schemes": [], "targets": [["a", "b"], ["b", "a"]]}
GOING_OVER = {"schemes": [["a", "b"]], "targets": [["3.5-1", "3.5-2"]]}


def put(table: str, **values: Any) -> dict[str, Any]:
    return {"table": table, "put": values}


def drop(table: str, **key: Any) -> dict[str, Any]:
    return {"table": table, "drop": key}


@dataclass(frozen=True)
class Entry:
    """An entry that states what its rows change. `free` are columns of which it states nothing, of any row or of one
    (`PLACE.COLUMN`); `spare` rows may be left out.
    """

    kind: str
    data: Mapping[str, Any]
    rows: list[dict[str, Any]]
    words: Mapping[str, str] | None = None
    known: Mapping[str, Any] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    spare: frozenset[int] = frozenset()

    def said(self, **more: Any) -> str | None:
        """The code of what is said against it; None where it fits."""
        known = Told(**{"definitions": {}, "known_calendars": [], "posts": {"bob": Post("contact", "GAJ")}, **self.known, **more})
        rows = {"rows": self.rows} if self.rows else {}
        data = {**self.data, **rows, **({"words": "digest"} if self.words is not None else {})}
        event = Event(0, 5, AT, "admin", "admin", None, "test", self.kind, None, None, data, self.words)
        reason = stated(event, known)
        return reason.code if reason is not None else None


def entry(kind: str, data: Mapping[str, Any], *rows: dict[str, Any], free: str = "", spare: tuple[int, ...] = (), **more: Any) -> Entry:
    words = more.pop("words", None)
    return Entry(kind, data, list(rows), words, more, frozenset(free.split()), frozenset(spare))


def account(name: str, **more: Any) -> dict[str, Any]:
    return put("account", **{
        "name": name, "title": {"word": "called"}, "role": "contact", "unit": "GAJ", "active": True, "email": None,
        "phone": {"word": "phone"}, "chat": None, "password_hash": None, "password_at": None, "second_factor": None, "identity": None,
        "valid_from": None, "valid_to": LATER, **more,
    })


def title(name: str) -> dict[str, Any]:
    return put("account_title", account=name, since=NOW, title={"word": "called"})


def named(name: str) -> Any:
    """What is asked of a workflow here: its name."""
    return type("Named", (), {"name": name})()


ENDED = put("unit_name", unit="GAJ", name="市公安局", place=0, valid_to="2020-09-25")
WORKFLOW = {"what": "workflow", "name": "rectification", "hash": HASH, "source": "rectification.yaml"}
CALENDAR = {"what": "calendar", "version": "0123456789ab", "covered_until": "2020-12-31"}

ENTRIES: Mapping[str, Entry] = {
    "account.added": entry(
        "set", {"what": "account.added", "account": "ann", "role": "contact", "unit": "GAJ", "until": LATER}, account("ann"), title("ann"),
        words={"called": "联络员", "phone": "0375-1"},
    ),
    "account.set": entry(
        "set", {"what": "account.set", "account": "bob", "changes": {
            "role": ["contact", "head"], "valid_to": [None, LATER], "title": None, "chat": None, "email": None,
        }},
        put("account", name="bob", role="head", valid_to=LATER, title={"word": "called"}, chat={"sha256": "c"}, email=None), title("bob"),
        words={"called": "负责人", "chat": "wecom"}, free="chat",
    ),
    "account.set of a moment": entry(
        "set", {"what": "account.set", "account": "bob", "changes": {"valid_from": [NOW, None]}},
        put("account", name="bob", valid_from=None), posts={"bob": Post("contact", "GAJ", valid_from=AT)},
    ),
    "account.disabled": entry("set", {"what": "account.disabled", "account": "bob"}, put("account", name="bob", active=False)),
    "account.password": entry(
        "set", {"what": "account.password", "account": "bob"}, put("account", name="bob", password_hash={"sha256": "c"}, password_at=None),
        free="password_hash",
    ),
    "account.second-factor": entry(
        "set", {"what": "account.second-factor", "account": "bob"}, put("account", name="bob", second_factor={"sha256": "c"}),
        free="second_factor",
    ),
    "account.recovery-code": entry(
        "set", {"what": "account.recovery-code", "account": "bob"}, put("account", name="bob", second_factor={"sha256": "d"}),
        free="second_factor",
    ),
    "account.second-factor-ended": entry(
        "set", {"what": "account.second-factor-ended", "account": "bob"}, put("account", name="bob", second_factor=None),
    ),
    "account.identity": entry(
        "set", {"what": "account.identity", "account": "bob", "provider": "gov"}, put("account", name="bob", identity={"sha256": "c"}),
        free="identity",
    ),
    "account.identity of nobody": entry(
        "set", {"what": "account.identity", "account": "bob"}, put("account", name="bob", identity=None),
    ),
    "account.token": entry(
        "set", {"what": "account.token", "account": "bob", "token": "x", "until": LATER, "scope": "read", "per_minute": 60},
        put(
            "token", id="x", account="bob", name={"word": "token"}, hash={"sha256": "c"}, created_at=NOW, expires_at=LATER, revoked_at=None,
            scope="read", per_minute=60,
        ),
        words={"token": "接口"}, free="hash",
    ),
    "account.token-revoked": entry(
        "set", {"what": "account.token-revoked", "account": "bob", "token": "x"}, put("token", id="x", revoked_at=NOW),
    ),
    "account.stand-in": entry(
        "set", {"what": "account.stand-in", "account": "bob", "deputy": "ann", "from": NOW, "until": LATER},
        put("stand_in", account="bob", deputy="ann", valid_from=NOW, valid_to=LATER),
    ),
    "account.stand-in-ended": entry(
        "set", {"what": "account.stand-in-ended", "account": "bob", "deputy": "ann"},
        put("stand_in", account="bob", deputy="ann", valid_from="2020-09-01T01:00:00.000000Z", valid_to=NOW),
        drop("stand_in", account="bob", deputy="ann", valid_from=LATER), free="valid_from", spare=(0, 1),
    ),
    "account.portfolio": entry(
        "set", {"what": "account.portfolio", "account": "bob", "units": ["GAJ", "FY"], "before": ["FGW", "GAJ"]},
        drop("account_portfolio", account="bob", unit="FGW"), put("account_portfolio", account="bob", unit="FY"),
        portfolios={"bob": {"FGW", "GAJ"}},
    ),
    "account.handed-over": entry(
        "set", {"what": "account.handed-over", "account": "bob", "to": "ann", "tickets": 0, "units": ["FY"]},
        drop("account_portfolio", account="bob", unit="FY"), drop("account_portfolio", account="bob", unit="GAJ"),
        put("account_portfolio", account="ann", unit="FY"), portfolios={"bob": {"FY", "GAJ"}, "ann": {"GAJ"}},
    ),
    "unit.added": entry(
        "set", {"what": "unit.added", "unit": "XJ", "name": "新局", "kind": "bureau", "relation": "county", "aliases": ["新"]},
        put("unit", code="XJ", kind="bureau", relation="county", parent=None, rank_group=None, in_source=False),
        put("unit_name", unit="XJ", name="新局", kind="official", place=0, valid_from="2020-09-25", valid_to=None),
        put("unit_name", unit="XJ", name="新", kind="alias", place=1, valid_from="2020-09-25", valid_to=None),
        free="valid_from", ended={}, units=["GAJ"],
    ),
    "unit.renamed": entry(
        "set", {"what": "unit.renamed", "unit": "GAJ", "from": "2020-09-25", "changes": {"name": ["市公安局", "市局"]}}, ENDED,
        put("unit_name", unit="GAJ", name="市局", place=3, valid_to="2020-09-25"),
        put("unit_name", unit="GAJ", name="市局", kind="official", place=4, valid_from="2020-09-25", valid_to=None),
        free="place", spare=(1,),
    ),
    "unit.merged": entry(
        "set", {"what": "unit.merged", "unit": "GAJ", "into": "FY", "from": "2020-09-25", "tickets": 0},
        put("unit", code="GAJ", valid_to="2020-09-25", successor="FY"), ENDED, put("unit", code="PCS", parent="FY"),
        drop("unit_member", group_code="ALL", unit="GAJ"), put("unit_member", group_code="ALL", unit="FY", place=3),
        drop("account_portfolio", account="bob", unit="GAJ"), put("account_portfolio", account="bob", unit="FY"),
        parents={"PCS": "GAJ", "FGW": "SZF"}, free="place name", spare=(1, 2, 4, 6),
    ),
    "unit.merged again": entry(
        "set", {"what": "unit.merged", "unit": "GAJ", "into": "FY", "from": "2020-09-25", "tickets": 2}, ended={"GAJ": "FY"},
    ),
    "unit.ended": entry(
        "set", {"what": "unit.ended", "unit": "GAJ", "from": "2020-09-25"},
        put("unit", code="GAJ", valid_to="2020-09-25", successor=None), ENDED, drop("unit_member", group_code="ALL", unit="GAJ"),
        free="place name group_code", spare=(1, 2),
    ),
    "loaded accounts": entry(
        "loaded", {"what": "accounts", "names": ["admin", "office"]},
        *(put("account", name=name, title={"word": name}, role="admin", unit=None, active=True) for name in ("admin", "office")),
        *(put("account_title", account=name, since=NOW, title={"word": name}) for name in ("admin", "office")), free="title role unit",
    ),
    "loaded plan": entry(
        "loaded", {"what": "plan", "code": "x", "units": 1, "measures": 1, "targets": 0},
        put("unit", code="GAJ", kind="bureau", relation="county", parent=None, rank_group=None, in_source=True),
        put("unit", code="ALL", kind="group", in_source=True, relation=None, valid_to=None),
        put("unit_name", unit="GAJ", name="市公安局", place=0, kind="official"), put("measure", no="1.1", title="办"),
        put("setting", name="plan", value={"sha256": "x"}),
        tells_people=False, spare=(1, 2), free="code kind relation parent rank_group in_source unit name place no title value",
    ),
    "loaded workflow": entry(
        "loaded", WORKFLOW, put("definition", hash=OTHER_HASH, current=False),
        put("definition", hash=HASH, name="rectification", json={"sha256": HASH}, source="rectification.yaml", loaded_at=NOW, current=True),
        definitions={HASH: named("rectification"), OTHER_HASH: named("rectification")}, free="json 0.hash", spare=(0,),
    ),
    "loaded workflow again": entry(
        "loaded", WORKFLOW, put("definition", hash=HASH, current=False), put("definition", hash=HASH, current=True),
        spare=(0,), free="0.hash",
    ),
    "loaded calendar": entry(
        "loaded", CALENDAR, put("calendar", version="b" * 12, current=False),
        put("calendar", version="0123456789ab", name="x", json={"sha256": "x"}, notices={"sha256": "x"}, loaded_at=NOW, current=True),
        free="json notices name 0.version", spare=(0,),
    ),
    "loaded calendar again": entry(
        "loaded", CALENDAR, put("calendar", version="0123456789ab", current=True, notices={"sha256": "x"}), free="notices",
    ),
    "set office": entry(
        "set", {"office": "ZG", "sandbox": NOW}, put("setting", name="office", value="ZG"), put("setting", name="name", value="督办"),
        put("setting", name="city", value=""), put("setting", name="sandbox", value=NOW), tells_units=False, free="1.value 2.value",
    ),
    "set office of real time": entry(
        "set", {"office": "ZG", "rules": 1}, put("setting", name="office", value="ZG"), put("setting", name="name", value="督办"),
        put("setting", name="city", value=""), tells_units=False, free="1.value 2.value",
    ),
    "set notice-asked-for": entry(
        "set", {"name": "notice-asked-for", "value": "2027"}, put("setting", name="notice-asked-for", value="2027"),
    ),
    "set key": entry("set", {"name": "key", "key": "abc", "lost": True}, put("setting", name="key", value="abc")),
    "set notices": entry("set", {"notices": {"b": 1, "a": []}}, put("setting", name="notices", value=canonical({"a": [], "b": 1}))),
    "ledger-columns": entry(
        "set", {"what": "ledger-columns", "columns": [["落实", "lead"]]},
        put("setting", name="ledger-columns", value=canonical([["落实", "lead"]])),
    ),
    "ledger-answers of a batch": entry(
        "set", {"what": "ledger-answers", "of": "B-2020-0001", "answers": [["groups", "each"]]},
        put("setting", name="ledger-answers/B-2020-0001", value=canonical([["groups", "each"]])),
    ),
    "ledger-answers": entry(
        "set", {"what": "ledger-answers", "of": "", "answers": [["unit:市工商局", "市市场监管局"]]},
        put("setting", name="ledger-answers", value=canonical([["unit:市工商局", "市市场监管局"]])),
    ),
    "ledger-proposals": entry(
        "set", {"what": "ledger-proposals", "sha256": HASH, "count": 1, "over": 1},
        put(
            "ledger_proposal", ticket="ZG-2020-0001", field="due", was={"word": "a"}, says={"word": "b"}, file=HASH, sheet="台账", line=3,
            version=2, told_at=NOW,
        ),
        drop("ledger_proposal", ticket="ZG-2020-0002", field="title"), free="ticket field was says sheet line version",
    ),
    "feedback.refused": entry(
        "set", {"what": "feedback.refused", "source": "省平台", "refs": ["R1"], "over": ["R2"]},
        put(
            "feedback_refusal", source="省平台", ref="R1", rating=1, unit=None, stated_at=NOW, file=None, line=None, reasons={"word": "a"},
            refused_at=NOW,
        ),
        drop("feedback_refusal", source="省平台", ref="R2"),
        free="rating unit line reasons stated_at",
    ),
    "office.separated": entry(
        "set", {"what": "office.separated", "ended": ["bob"]}, put("setting", name="separated", value="1"),
        put("account", name="bob", active=False), posts={"bob": Post("admin", None)},
    ),
    "account.codes": entry(
        "set", {"what": "account.codes", "account": "bob", "keepers": ["ann", "bob"]},
        put("setting", name="code-keepers", value=canonical(["ann", "bob"])),
    ),
    "successors": entry(
        "set", {"what": "successors", "kind": "target", "old": "3.5-1", "new": "3.5-2", "successors": GOING_OVER},
        put("setting", name="successors", value=canonical(GOING_OVER)),
    ),
    "successors taken back": entry(
        "set", {"what": "successors", "kind": "scheme", "old": "c", "new": "c", "successors": GOING_OVER},
        put("setting", name="successors", value=canonical(GOING_OVER)),
    ),
    "sealed": entry(
        "sealed", {"n": 2, "upto": 9, "size": 9, "root": "ab"},
        put("seal", n=2, upto=9, size=9, root="ab", frontier="", at=NOW, note="x"),
        free="frontier at note",
    ),
    "restored": entry("restored", {"key": "k", "size": 4}, put("setting", name="key", value="k")),
    "clocked": entry("clocked", {"from": NOW, "to": LATER}, put("setting", name="sandbox", value=LATER), sandbox_clock=AT),
    "account.invited": entry("set", {"what": "account.invited", "account": "bob", "until": LATER}),
    "account.rehashed": entry(
        "set", {"what": "account.rehashed", "account": "bob"}, put("account", name="bob", password_hash={"sha256": "c"}),
        free="password_hash",
    ),
    "account.locked": entry("set", {"what": "account.locked", "account": "bob", "failures": 5}),
    "loaded dates": entry("loaded", {"what": "dates", "calendar": ["a", "b"], "tickets": 2}),
    "set resent": entry("set", {"resent": [1, 2]}),
    "read": entry("read", {"name": "log"}),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_that_states_what_it_changes_fits(name: str) -> None:
    assert ENTRIES[name].said() is None


@pytest.mark.parametrize("name", ENTRIES)
def test_whatever_an_entry_changes_beside_it_is_found(name: str) -> None:
    """A row that is missing, a row too many, a column that is another one or was not said."""
    for what, bent in _bent(ENTRIES[name]):
        assert bent.said() == "judged-rows", what


def _bent(good: Entry) -> Iterator[tuple[str, Entry]]:
    for node in (
        put("account", name="bob", role="admin"), put("setting", name="freedom", value="1"), drop("setting", name="sandbox"),
        put("unit", code="FGW", parent="FY"), put("stand_in", account="bob", deputy="eve", valid_from=NOW, valid_to=LATER),
    ):
        yield f"with {node}", replace(good, rows=[*good.rows, node])
    for place, node in enumerate(good.rows):
        if place not in good.spare and len(good.rows) > 1:
            yield f"without row {place}", replace(good, rows=[row for at, row in enumerate(good.rows) if at != place])
        verb = "put" if "put" in node else "drop"
        for column in node[verb].keys() - good.free - {name.removeprefix(f"{place}.") for name in good.free}:
            bent = copy.deepcopy(good.rows)
            bent[place][verb][column] = "another" if node[verb][column] != "another" else None
            yield f"{column} of row {place}", replace(good, rows=bent)
        bent = copy.deepcopy(good.rows)
        bent[place][verb]["extra"] = 1
        yield f"row {place} with another column", replace(good, rows=bent)


WRONG: Mapping[str, Entry] = {
    "only administrators end where their work is parted": replace(
        ENTRIES["office.separated"], known={"posts": {"bob": Post("head", "GAJ")}},
    ),
    "an account that was there is not added": replace(ENTRIES["account.added"], known={"posts": {"ann": Post("contact", "GAJ")}}),
    "an account that was not there is not changed": replace(ENTRIES["account.set"], known={"posts": {}}),
    "what it was is what it was": replace(ENTRIES["account.set"], known={"posts": {"bob": Post("leader", None)}}),
    "a portfolio is what it was": replace(ENTRIES["account.portfolio"], known={"portfolios": {"bob": {"FGW"}}}),
    "what is passed on is what was held": replace(ENTRIES["account.handed-over"], known={"portfolios": {"bob": {"GAJ"}}}),
    "a successor is as it is said": replace(ENTRIES["successors"], data={**ENTRIES["successors"].data, "new": "3.5-3"}),
    "a successor is no name of a list": replace(ENTRIES["successors"], data={
        **ENTRIES["successors"].data, "successors": {"schemes": {}, "targets": [["3.5-1", "3.5-2"]]},
    }),
    "a successor does not come round to itself": entry(
        "set", {"what": "successors", "kind": "target", "old": "a", "new": "b", "successors": ROUND},
        put("setting", name="successors", value=canonical(ROUND)),
    ),
    "a unit in force is not added": replace(ENTRIES["unit.added"], known={}),
    "a unit that ended is not added": replace(ENTRIES["unit.added"], known={"ended": {"XJ": None}}),
    "a merger that was none is not run again": replace(ENTRIES["unit.merged again"], known={"ended": {"GAJ": "FGW"}}),
    "a unit below another one stays there": replace(ENTRIES["unit.merged"], known={"parents": {"PCS": "SZF"}}),
    "first accounts are new": replace(ENTRIES["loaded accounts"], known={"posts": {"office": Post("leader", None)}}),
    "accounts are those it names": replace(ENTRIES["loaded accounts"], data={"what": "accounts", "names": ["admin", "eve"]}),
    "a plan founds": replace(ENTRIES["loaded plan"], known={"tells_people": True}),
    "a plan has as many": replace(ENTRIES["loaded plan"], data={**ENTRIES["loaded plan"].data, "measures": 2}),
    "a workflow has its name": replace(ENTRIES["loaded workflow"], known={"definitions": {HASH: named("other")}}),
    "a workflow takes the place of its own": replace(ENTRIES["loaded workflow"], known={"definitions": {OTHER_HASH: named("other")}}),
    "a record is founded once": replace(ENTRIES["set office"], known={}),
    "a real clock is not moved": replace(ENTRIES["clocked"], known={}),
    "a clock moves from where it stood": replace(ENTRIES["clocked"], data={"from": LATER, "to": LATER}),
    "a clock moves forward": replace(
        ENTRIES["clocked"], data={"from": NOW, "to": "2020-01-01T00:00:00.000000Z"},
        rows=[put("setting", name="sandbox", value="2020-01-01T00:00:00.000000Z")],
    ),
    "words that lie in no entry": replace(ENTRIES["account.added"], words={"phone": "0375-1"}),
    "another word than people read": replace(
        ENTRIES["account.added"], rows=[account("ann", title={"word": "account.ann.title"}), title("ann")],
        words={"called": "联络员", "phone": "0375-1", "account.ann.title": "督办单位"},
    ),
    "an entry that nothing writes": entry("set", {"what": "miracle"}, put("account", name="bob", role="admin")),
    "an entry of no name": entry("set", {}, put("account", name="bob", role="admin")),
    "an entry without what it changes": replace(ENTRIES["loaded workflow"], rows=[]),
    "rows that are none": entry("read", {"name": "log"}, {"table": "setting"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_entry_that_states_what_was_not_so_is_found(name: str) -> None:
    assert WRONG[name].said() == "judged-rows"


def test_a_word_that_was_erased_may_have_been_anything() -> None:
    added = ENTRIES["account.added"]
    data = {**added.data, "words": "digest"}
    assert replace(added, data=data, words=None).said() is None
    assert replace(added, words=None).said() == "judged-rows", "nothing was erased of an entry that never had words"


def test_entries_of_a_record_of_before_tell_no_rows() -> None:
    assert replace(ENTRIES["loaded workflow"], rows=[]).said(tells_units=False) is None
