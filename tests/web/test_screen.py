"""The wall screen: opened by its token alone, figures alone, units by name only where that is switched on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from engine.app.settings import Settings
from engine.errors import InvalidFile
from engine.web.application import application
from tests.web.conftest import ORIGIN, Browser, Office, shown

TOKEN = "geheim-of-the-hall-0123456789"  # noqa: S105 – opens nothing but the records of these tests


def before(office: Office, screen: object) -> Browser:
    app = application(replace(office.settings, screen=screen))
    return Browser(TestClient(app, base_url=ORIGIN, raise_server_exceptions=False))


def test_the_screen_shows_figures_and_no_ticket_person_or_unit_unless_that_is_switched_on(office: Office) -> None:
    office.zg("clock", "set", "2020-12-20T09:00")
    text = shown(before(office, {"token": TOKEN}).get(f"/screen/{TOKEN}"))
    assert "本年立项" in text and "逾期" in text
    for word in ("企业开办", "尖括号", "市市场监管局", "督办单位", "ZG-2020"):
        assert word not in text
    named = shown(before(office, {"token": TOKEN, "names": True}).get(f"/screen/{TOKEN}"))
    assert "市市场监管局" in named and "企业开办" not in named


def test_the_screen_is_made_anew_each_minute_until_somebody_wants_it_to_stand(office: Office) -> None:
    browser = before(office, {"token": TOKEN})
    moving, still = (browser.client.get(f"/screen/{TOKEN}{more}", headers=browser.heads) for more in ("", "?still=1"))
    assert moving.headers["refresh"] == "60" and f'href="/screen/{TOKEN}?still=1"' in moving.text
    assert "refresh" not in still.headers and f'href="/screen/{TOKEN}"' in still.text


def test_another_token_and_no_screen_are_not_found(office: Office) -> None:
    before(office, {"token": TOKEN}).get("/screen/wall-of-the-hall-9876543210", 404)
    before(office, None).get(f"/screen/{TOKEN}", 404)


@pytest.mark.parametrize("said", [{"token": "short"}, {"token": TOKEN, "names": "yes"}, {"names": True}, "x", {"token": TOKEN, "more": 1}])
def test_what_the_settings_say_of_a_screen_is_checked(said: object) -> None:
    with pytest.raises(InvalidFile):
        Settings("sqlite:///x", "office", "zh", screen=said).screen_setup()
