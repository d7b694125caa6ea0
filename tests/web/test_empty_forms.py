"""A form that was sent empty: every field that the page calls needed is named by its label, all of them at once, and nothing is done.

Browsers without `required` send such forms, and so does whoever presses the button first. The forms are found by following every link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from tests.web.conftest import ORIGIN, Browser, Office, shown

NAMED = re.compile(r"\b[A-Z]{1,2}-\d{4}-\d+|[0-9a-f]{64}|(?<=/units/)[^/?]+|(?<=/accounts/)[^/?]+|\?.*")
"""What of an address says which one of a kind it shows."""


@dataclass
class Field:
    """A field of a form: its name, what it says without anybody's word, its label by the id, and whether it is needed."""

    name: str
    value: str
    id: str
    needed: bool


@dataclass
class Form:
    """A form that is sent by POST."""

    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def needed(self) -> list[Field]:
        return [item for item in self.fields if item.needed]


class Page(HTMLParser):
    """The links, forms and labels of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.labels: dict[str, str] = {}
        self._form: Form | None = None
        self._label = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._form = Form(given["action"]) if given.get("method") == "post" else None
            self.forms += [self._form] if self._form is not None else []
        if tag == "label":
            self._label = given.get("for", "")
        if tag in ("input", "textarea", "select") and self._form is not None and given.get("type") not in ("file", "checkbox"):
            self._form.fields.append(Field(given.get("name", ""), given.get("value", ""), given.get("id", ""), "required" in given))
        if given.get("type") == "file" and "required" in given and self._form is not None:
            self._form.fields.append(Field("file", "", given["id"], True))

    def handle_endtag(self, tag: str) -> None:
        self._label = "" if tag in ("label", "span") else self._label
        self._form = None if tag == "form" else self._form

    def handle_data(self, data: str) -> None:
        if self._label and self._label not in self.labels:
            self.labels[self._label] = data.strip()


def forms_of(browser: Browser) -> Iterator[tuple[Form, Page]]:
    """Every form that is found by following links, one of a kind, on one page of a kind."""
    waiting, seen, found = ["/"], set[str](), set[tuple[str, ...]]()
    while waiting:
        path = waiting.pop(0)
        kind = NAMED.sub("N", path)
        if kind in seen or path.startswith(("/static", "/files", "/live")):
            continue
        seen.add(kind)
        answer = browser.client.get(path, headers=browser.heads, follow_redirects=True)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        page = Page(answer.text)
        waiting += [to.removeprefix(ORIGIN) for link in page.links if (to := urljoin(ORIGIN + path, link)).startswith(f"{ORIGIN}/")]
        for form in page.forms:
            kind_of_form = (NAMED.sub("N", form.action), *(item.name for item in form.needed))
            if form.needed and kind_of_form not in found:
                found.add(kind_of_form)
                yield form, page


@pytest.fixture
def busy(office: Office) -> Office:
    """An office with a letter, a visit and a round."""
    office.zg("batch", "new", "省平台交办", "--letter", "平政办〔2020〕7号", "--date", "2020-09-01", "--sender", "省政府办公厅")
    office.zg("visit", "new", "--on", "2020-09-20", "--place", "乙区政务大厅")
    office.zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-09-20", "--targets", "3.5-1", "--for-comment", "2020-10-20")
    return office


@pytest.mark.parametrize("seat", ["office", "admin", "scjgj"])
def test_a_form_that_was_sent_empty_names_every_field_that_is_missing(busy: Office, seat: str) -> None:
    browser = busy.browser(seat)
    asked = 0
    for form, page in forms_of(browser):
        kept = {item.name: item.value for item in form.fields if item.name and not item.needed}
        answer = browser.client.post(form.action, data=kept, headers=browser.heads, follow_redirects=False)
        trouble = re.search(r'(?s)<div class="trouble".*?</div>', answer.text)
        assert answer.status_code == 422 and trouble is not None, (form.action, answer.status_code)
        for item in form.needed:
            assert page.labels[item.id] in shown(trouble[0]), (form.action, item.name, shown(trouble[0]))
        asked += 1
    assert asked >= {"office": 15, "admin": 6, "scjgj": 5}[seat]
