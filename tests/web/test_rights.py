"""Every row of the site map, as every seat: who gets in, what each answers, and that no page holds what its reader may not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from httpx2 import Response as Answer
from starlette.routing import Route

from engine.app.serving import open_record
from engine.rules.access import Actor
from engine.web.application import GuardedRoute, application
from engine.web.assets import assets
from engine.web.routes import API, ROWS
from engine.web.row import Row
from engine.web.rule import BRINGS
from tests.rebuilt import content
from tests.web.conftest import Browser, Office

SEATS = ("office", "leader", "auditor", "admin", "scjgj", "scjgj-head", "shuiwj", "gaj", "fgw", "xitong", "anquan")
"""An account in every relation to the tickets of the world: 1 is with scjgj, 2 was not assigned yet, 3 is with shuiwj and gaj."""

THREE = ("xitong", "anquan")
"""Those who keep the system and look after security: no ledger is theirs."""

SEEN_BY = {
    "1": {"office", "leader", "auditor", "admin", "scjgj", "scjgj-head"}, "2": {"office", "leader", "auditor", "admin"},
    "3": {"office", "leader", "auditor", "admin", "shuiwj", "gaj"},
}
CANARIES = {"1": "企业开办材料重复提交", "2": "政务大厅好差评评价器停用", "3": "尖括号"}
"""A word of the title of each ticket."""

STYLE = assets()["app.css"]
SAMPLES = {
    "secret": "nobody", "number": "ZG-2020-0003", "trigger": "comment", "sha256": "0" * 64, "hash": STYLE.hash, "name": STYLE.name,
    "queue": "to-assign", "batch": "B-2020-0001", "visit": "V-2020-0001", "round": "R-2020-01", "upload": "A" * 22, "account": "shuiwj",
    "unit": "SCJGJ", "workflow": "rectification", "source": "省平台",
}
"""A value for each parameter of a path."""


OF_THE_OFFICE = ("/batches", "/visits", "/rounds")
"""What the office keeps beside tickets: no unit learns of it."""


def actor_at(seat: str) -> Actor:
    roles = {
        "office": "supervisor", "leader": "leader", "auditor": "auditor", "admin": "admin", "scjgj-head": "head", "xitong": "system",
        "anquan": "security",
    }
    return Actor(seat, roles.get(seat, "contact"), None, "web")


def answers(row: Row, seat: str, sees: bool) -> set[int]:
    """The statuses that a page may answer a seat: what is not there for it is not found."""
    if row.path.startswith("/sign-in/oidc"):
        return {404}  # this office names no other service
    if row.path in ("/sign-in", "/sign-in/second"):
        return {303}
    if row.path == "/poll":
        return {422, 400}  # since when was not said
    if row.path == "/bulk":
        return {422}  # nothing was ticked
    if row.path.removeprefix("/api/v1") in OF_THE_OFFICE:
        return {200 if seat in ("office", "leader", "auditor") else 403}
    if re.search(r"\{(batch|visit|round|upload)\}", row.path) and (row.rule.may is None or row.rule.may(actor_at(seat))):
        return {404 if row.rule.may is not None or seat in ("office", "leader", "auditor") else 403}  # there is none
    if row.path.removeprefix("/api/v1") == "/board" and seat in ("admin", *THREE):
        return {403}
    if row.path == "/api/v1/board":
        return {422}  # there is no round yet
    if row.path == "/live":
        return {404}  # it is not switched on
    if row.path.startswith("/amending/"):
        return {404 if not sees else 200 if seat == "office" else 403}
    if row.path.startswith("/entries/"):
        return {403 if sees and seat != "office" else 404}  # a note is no act of a unit alone
    if row.path == "/replies":
        return {200 if seat in ("scjgj", "scjgj-head", "shuiwj", "gaj", "fgw") else 404}
    if row.path.removeprefix("/api/v1").startswith("/queues/"):
        return {404} if not sees else {200, 303} if seat == "office" else {404}
    if row.path in ("/files/{number}", "/api/v1/tickets/{number}/files"):
        return {404}  # nobody handed anything in
    if row.rule.may is not None and not row.rule.may(actor_at(seat)):
        return {403}
    return {200 if sees or "{number}" not in row.path else 404}


def path_of(row: Row, **chosen: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: {**SAMPLES, **chosen}[match[1]], row.path)


def test_the_site_map_is_all_there_is_and_every_route_has_the_gate(office: Office) -> None:
    app = application(office.settings)
    assert [(route.path, route.methods) for route in app.routes if isinstance(route, Route)] == [(row.path, {row.method}) for row in ROWS]
    assert {type(route) for route in app.routes} == {GuardedRoute}
    assert len({(row.method, row.path) for row in ROWS}) == len(ROWS) > 15
    assert {name for row in ROWS for name in re.findall(r"\{(\w+)\}", row.path)} == set(SAMPLES)


def guarded() -> Iterator[Row]:
    yield from (row for row in ROWS if row.rule.account)


@pytest.mark.parametrize("row", list(guarded()), ids=lambda row: f"{row.method} {row.path}")
def test_a_stranger_is_sent_to_sign_in_or_refused(read_office: Office, row: Row) -> None:
    if row.path.startswith("/api/"):
        answer = read_office.stranger.client.request(row.method, path_of(row), headers=read_office.stranger.heads)
        assert answer.status_code == 401 and answer.json()["code"] == "sign-in-first"
    elif row.method == "GET":
        assert read_office.stranger.get(path_of(row), 303).startswith("/sign-in")
    else:
        html = read_office.stranger.post(path_of(row), 401)
        way = re.search(r'href="/sign-in\?next=([^"]+)"', html)
        assert "请先登录" in html and way is not None and path_of(row).startswith(unquote(way[1])), "and comes back to the page of the form"


@pytest.mark.parametrize("seat", SEATS)
def test_every_page_answers_every_seat_and_shows_no_ticket_that_is_not_the_seats(read_office: Office, seat: str) -> None:
    browser = read_office.browser(seat)
    sees = {number: seat in seats for number, seats in SEEN_BY.items()}
    for row in ROWS:
        if row.method != "GET" or "{sha256}" in row.path or "{secret}" in row.path:
            continue
        for number in CANARIES if "{number}" in row.path else ("1",):
            answer = browser.client.get(path_of(row, number=number), headers=browser.heads, follow_redirects=False)
            assert answer.status_code in answers(row, seat, sees[number]), (seat, row.path)
            told = answer.text + repr(answer.headers)
            assert not any(canary in told for other, canary in CANARIES.items() if not sees[other]), (seat, row.path)
    ledger = browser.get("/ledger?every=1", 403 if seat in THREE else 200)
    assert {number: canary in ledger for number, canary in CANARIES.items()} == sees


@pytest.mark.parametrize("seat", SEATS)
def test_what_a_page_offers_is_what_the_command_line_says_may_be_done(read_office: Office, seat: str) -> None:
    browser = read_office.browser(seat)
    for number, seats in SEEN_BY.items():
        if seat in seats:
            html = browser.get(f"/tickets/{number}")
            section = html[html.index('id="next"'):html.index('id="timeline"')]
            offered = set(re.findall(rf"/tickets/ZG-2020-000{number}/([\w-]+)", section))
            assert offered == set(read_office.zg.json("--as", seat, "show", number)["actions"])


@pytest.mark.parametrize("seat", SEATS)
def test_whoever_may_not_does_nothing_by_any_post_whichever_door_it_is(read_office: Office, seat: str) -> None:
    """Where the rule of the row does not hold of a seat it is refused, and of a ticket that is not its own it is told of none."""
    browser, before = read_office.browser(seat), everything(read_office)
    for row in (row for row in guarded() if row.method == "POST"):
        allowed = row.rule.may is None or row.rule.may(actor_at(seat))
        hidden = [number for number in CANARIES if seat not in SEEN_BY[number]] if "{number}" in row.path else []
        for number in hidden if allowed else [*CANARIES][:1]:
            answer = posted(browser, row, path_of(row, number=number))
            assert answer.status_code == (404 if allowed else 403), (seat, row.path, number, answer.text[:300])
    assert everything(read_office) == before


@pytest.mark.parametrize("seat", sorted(set().union(*SEEN_BY.values())))
def test_what_a_seat_may_not_do_to_a_ticket_now_is_refused_and_changes_nothing(read_office: Office, seat: str) -> None:
    browser, before = read_office.browser(seat), everything(read_office)
    with open_record(read_office.settings) as record:
        triggers = {number: sorted(record.desk.definition(record.desk.ticket(actor_at("office"), number)).triggers) for number in SEEN_BY}
    for number in (number for number, seats in SEEN_BY.items() if seat in seats):
        may = set(read_office.zg.json("--as", seat, "show", number)["actions"])
        for place, trigger in enumerate(trigger for trigger in triggers[number] if trigger not in may):
            row = ACTS[place % len(ACTS)]
            answer = posted(browser, row, path_of(row, number=number, trigger=trigger))
            assert answer.status_code in (403, 409, 422), (seat, number, trigger, answer.status_code)
            assert f"“{trigger}”" not in answer.text, "an act is called by its name"
    assert everything(read_office) == before


ACTS = tuple(row for row in ROWS if row.method == "POST" and row.path.endswith("/tickets/{number}/{trigger}"))


def posted(browser: Browser, row: Row, path: str) -> Answer:
    """The answer to a request that says hardly anything."""
    body = {"json": {"note": "x"} if row in ACTS else {}} if row.said is not None else {"data": {"note": "x"}}
    return browser.client.post(path, headers=browser.heads, follow_redirects=False, **body)


FOREIGN = ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "null"})
"""What a browser says of a form that lies elsewhere."""


@pytest.mark.parametrize(("row", "heads"), [
    pytest.param(row, heads, id=f"{row.path}-{next(iter(heads), 'silent')}")
    for place, row in enumerate(row for row in ROWS if row.method == "POST") for heads in ({}, FOREIGN[place % len(FOREIGN)])
])
def test_a_post_from_elsewhere_or_without_a_token_does_nothing(read_office: Office, row: Row, heads: dict[str, str]) -> None:
    browser = read_office.browser("office")
    before = read_office.zg.json("show", "3")["version"]
    answer = browser.client.post(path_of(row), data={"note": "x", "form_token": "0" * 64}, headers=heads, follow_redirects=False)
    assert answer.status_code in (403, 410, 422), (row.path, answer.status_code)  # the link of the sample is over before that is asked
    assert read_office.zg.json("show", "3")["version"] == before


@pytest.mark.parametrize("kind", ["encoded", "multipart"])
def test_a_browser_that_says_nothing_of_itself_is_known_by_the_token_of_its_form(office: Office, kind: str) -> None:
    browser = office.browser("office")
    html = browser.client.get("/tickets/3/comment", headers={"accept-language": "zh"}).text
    found = re.search(r'name="form_token" value="(\w+)"', html)
    assert found is not None
    files = [("file", ("x.txt", "证明".encode()))] if kind == "multipart" else None
    answer = browser.client.post(
        "/tickets/3/comment", data={"form_token": found[1], "note": "没有头的浏览器"}, files=files, headers={"origin": "null"},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert "没有头的浏览器" in office.zg("log", "3").stdout


@pytest.fixture(scope="module")
def programs(read_office: Office) -> dict[str, dict[str, str]]:
    """What a program sends of itself, by what its token is for."""
    read_office.zg("user", "add", "hotline", "--role", "intake", "--title", "12345热线")
    accounts = {"act": "scjgj", "read": "office", "intake": "hotline"}
    return {
        scope: {"authorization": f"Bearer {read_office.zg.json('user', 'token', account, '--scope', scope)['token']}"}
        for scope, account in accounts.items()
    }


@pytest.mark.parametrize("row", list(guarded()), ids=lambda row: f"{row.method} {row.path}")
def test_a_token_is_good_for_what_it_says_and_nothing_that_opens_its_account(
    read_office: Office, programs: dict[str, dict[str, str]], row: Row,
) -> None:
    body = {"messages": [{}]} if row.rule is BRINGS else {}
    refusals = {"intake": "有权的是：督办单位" if row.rule is BRINGS else "它的权限是只收来件"}  # its own alone, and this is another's
    if row.rule.first:
        refusals |= {"act": "被盗的令牌", "read": "被盗的令牌"}
    if row.method == "POST":
        refusals["read"] = "生成它的时候没有给办理的权限"
    for scope, told in refusals.items():
        answer = read_office.stranger.client.request(
            row.method, path_of(row), headers=programs[scope] | {"accept-language": "zh"}, follow_redirects=False,
            **({} if row.method == "GET" else {"json": body} if row.said is not None else {"data": {"note": "x"}}),
        )
        assert answer.status_code == 403 and told in answer.text, (scope, answer.status_code, answer.text[:500])


def test_other_methods_are_not_taken(read_office: Office) -> None:
    """Every row is asked by one of them, and each of them at every sixth row."""
    browser, methods = read_office.browser("office"), ("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE")
    for place, row in enumerate(ROWS):
        answer = browser.client.request(methods[place % len(methods)], path_of(row))
        assert answer.status_code == 405 and row.method in answer.headers["allow"]


def test_reading_changes_nothing_but_when_a_browser_was_seen(office: Office) -> None:
    browsers: list[Browser] = [office.browser(seat) for seat in ("office", "leader", "auditor", "admin", "scjgj-head", "gaj", *THREE)]
    before = everything(office)
    for browser in browsers:
        for row in ROWS:
            if row.method == "GET":
                browser.client.get(path_of(row), headers=browser.heads, follow_redirects=False)
    assert everything(office) == before


def everything(office: Office) -> dict[str, list[object]]:
    with open_record(office.settings) as record:
        return content(record.database)


def test_of_a_ticket_that_is_not_ones_own_a_program_is_told_what_it_is_told_of_none(read_office: Office) -> None:
    browser = read_office.browser("fgw")
    for row in API:
        if "{number}" in row.path:
            foreign, absent = (
                browser.client.request(row.method, path_of(row, number=number), headers=browser.heads, json={} if row.said.body else None)
                for number in ("ZG-2020-0001", "ZG-2020-0999") if row.said is not None
            )
            assert foreign.status_code == absent.status_code == 404
            assert foreign.text.replace("0001", "0999") == absent.text and foreign.headers == absent.headers


def test_no_address_leads_where_a_request_says(read_office: Office) -> None:
    browser = read_office.browser("office")
    for wanted in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"):
        assert browser.client.get("/sign-in", params={"next": wanted}, follow_redirects=False).headers["location"] == "/"
        assert browser.post("/account/look", theme="dark", next=wanted) == "/"
    assert browser.get("/ledger/", 404)


def test_a_row_without_a_rule_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        Row("GET", "/x", ROWS[0].handler)  # type: ignore[call-arg]
