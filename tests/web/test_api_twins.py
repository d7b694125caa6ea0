"""What a page does, a program may do: every page and every act of a page has its call of the API, by the same rule, or a reason why not."""

from __future__ import annotations

import pytest

from engine.desk.saved_views import KEPT
from engine.web.api.ledger import Exported, Filter, Kept
from engine.web.endpoints.ledger import NAMING
from engine.web.routes import API, PAGES
from engine.web.row import Row

V1 = "/api/v1"

NAMED_OTHERWISE = {
    "GET /": "GET /today",
    "GET /ledger": "GET /tickets",
    "GET /ledger/board": "GET /tickets",
    "POST /ledger/export": "POST /export",
    "POST /ledger/views": "POST /views",
    "POST /ledger/views/remove": "POST /views/remove",
    "GET /queues/{queue}/{number}": "GET /tickets/{number}",
    "GET /bulk": "GET /tickets/{number}/can",
    "POST /bulk/preview": "POST /acts",
    "POST /bulk": "POST /acts",
    "GET /figures": "GET /counts",
    "GET /due": "GET /tickets",
    "GET /poll": "GET /tickets",
    "POST /tickets/new": "POST /tickets",
    "GET /tickets/{number}/{trigger}": "GET /tickets/{number}/can",
    "GET /entries/{number}/{trigger}": "GET /tickets/{number}/can",
    "GET /amending/{number}": "GET /tickets/{number}",
    "POST /amending/{number}": "POST /tickets/{number}/amend",
    "POST /amending/{number}/link": "POST /tickets/{number}/link",
    "POST /amending/{number}/unlink": "POST /tickets/{number}/unlink",
    "POST /entries/{number}/{trigger}": "POST /tickets/{number}/{trigger}/entry",
    "POST /batches/new": "POST /batches",
    "POST /visits/new": "POST /visits",
    "POST /visits/{visit}/finding": "POST /visits/{visit}/findings",
    "POST /onsite": "POST /visits/{visit}/findings",
    "POST /rounds/new": "POST /rounds",
    "POST /rounds/{round}/undo/preview": "POST /rounds/{round}/undo",
    "GET /imports/{upload}": "POST /imports/{upload}/preview",
    "GET /files/{number}": "GET /tickets/{number}/files",
    "GET /files/{number}/{sha256}": "GET /tickets/{number}/files/{sha256}",
    "GET /files/{number}/{sha256}/picture": "GET /tickets/{number}/files/{sha256}",
    "GET /paper/{number}": "GET /tickets/{number}",
    "GET /files/{number}/{sha256}/pdf": "GET /tickets/{number}/files/{sha256}",
    "GET /replies": "GET /tickets",
    "GET /live": "GET /tickets",
    "GET /about": "GET /me",
}
"""Pages whose call has another name: a dry run, a page of a list, a form of which `can` says what it takes."""

FORM = "an empty form: the document of the API says what may be sent"
SIGNING_IN = "how a person signs in, in a browser; a program has a token"
OWN_KEYS = "what opens an account is changed by its person: a token that was stolen must not outlive itself"
BROWSER = "of a browser alone"
MACHINE = "for machines already, by its own address"
DRAFT = "what a person began to type; a program sends what it has"
PAPER = "a page to be printed; what it says, `show` says"

NO_CALL = {
    "GET /sign-in": SIGNING_IN, "POST /sign-in": SIGNING_IN, "GET /sign-in/oidc": SIGNING_IN, "GET /sign-in/oidc/back": SIGNING_IN,
    "GET /sign-in/second": SIGNING_IN, "POST /sign-in/second": SIGNING_IN, "GET /sign-in/{secret}": SIGNING_IN,
    "POST /sign-out": SIGNING_IN, "GET /invite/{secret}": SIGNING_IN, "POST /invite/{secret}": SIGNING_IN,
    "GET /account": OWN_KEYS, "POST /account/password": OWN_KEYS, "POST /account/sessions": OWN_KEYS,
    "GET /account/second": OWN_KEYS, "POST /account/second": OWN_KEYS, "POST /account/second/end": OWN_KEYS,
    "POST /account/look": BROWSER, "GET /onsite": FORM, "GET /onsite/kept": BROWSER, "GET /onsite/worker.js": BROWSER,
    "GET /answer/{secret}": "of an enterprise that has a link and no account", "GET /answer": "its thanks",
    "POST /answer/{secret}": "of an enterprise that has a link and no account",
    "GET /screen/{secret}": "a picture on a wall; its figures are those of /counts",
    "GET /digest": "a week to be read; its figures are those of /counts and /tickets",
    "GET /paper/{number}/sheet": PAPER,
    "GET /drafts": DRAFT, "POST /drafts": DRAFT, "POST /drafts/drop": DRAFT,
    "POST /drafts/{number}/{trigger}": DRAFT, "POST /drafts/{number}/{trigger}/drop": DRAFT,
    "GET /tickets/new": FORM, "GET /batches/new": FORM, "GET /visits/new": FORM, "GET /visits/{visit}/finding": FORM,
    "GET /rounds/new": FORM, "GET /rounds/{round}/undo": FORM, "GET /imports": FORM,
    "GET /static/{hash}/{name}": BROWSER, "GET /healthz": MACHINE, "GET /readyz": MACHINE, "GET /metrics": MACHINE,
}

CALLS = {f"{row.method} {row.path.removeprefix(V1)}": row for row in API}


def name_of(row: Row) -> str:
    return f"{row.method} {row.path}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_page_has_its_call_or_a_reason(page: Row) -> None:
    name = name_of(page)
    call = CALLS.get(NAMED_OTHERWISE.get(name, name))
    assert (call is None) == (name in NO_CALL), name
    if call is not None:
        assert (call.rule is page.rule) or (page.method == "GET" and call.rule.account), name


def test_every_exception_is_of_a_page_that_there_is() -> None:
    pages = {name_of(row) for row in PAGES}
    assert NO_CALL.keys() | NAMED_OTHERWISE.keys() <= pages and not NO_CALL.keys() & NAMED_OTHERWISE.keys()
    assert set(NAMED_OTHERWISE.values()) <= CALLS.keys()


def test_what_takes_files_on_a_page_takes_them_by_a_program_too() -> None:
    for page in PAGES:
        call = CALLS.get(NAMED_OTHERWISE.get(name_of(page), name_of(page)))
        if call is not None and page.takes_files:
            assert call.takes_files, name_of(page)


def test_a_file_and_a_kept_filter_take_every_filter_that_the_list_takes() -> None:
    assert set(Filter.__annotations__) == set(KEPT)
    assert {*Exported.__annotations__} == {*KEPT, "format", "columns"} and {*Kept.__annotations__} == {*KEPT, *NAMING}
