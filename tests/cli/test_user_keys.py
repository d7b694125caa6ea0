"""What opens an account beside its password, and who came by the pages: as it is kept at the terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from engine.app.access_log import AccessLog, read_access_log
from engine.app.serving import open_record
from engine.app.settings import Settings
from engine.registry.identity import person
from engine.registry.second_factor import enrol, new_secret
from engine.rules.access import Actor
from tests.cli.conftest import Zg


def log_of(zg: Zg) -> AccessLog:
    return read_access_log(None, "zg.toml", zg.url)


def test_a_second_factor_is_taken_away_for_whoever_lost_the_phone(zg: Zg) -> None:
    import pyotp

    secret, now = new_secret(), datetime.now(UTC)
    with open_record(Settings(zg.url, "office", "zh")) as record:
        enrol(record.registry, Actor("admin", "admin", None, "test"), secret, pyotp.TOTP(secret).at(now), now)
    assert zg.json("user", "show", "admin")["has_second_factor"] is True
    assert "--as admin" in zg("user", "reset-second", "admin", code=4).stderr
    zg("--as", "admin", "user", "reset-second", "admin")
    assert zg.json("user", "show", "admin")["has_second_factor"] is False
    assert "两步验证" in zg("--as", "admin", "user", "reset-second", "admin", code=5).stderr
    assert "停用了两步验证" in zg("log", "--admin").stdout
    zg("audit", "verify")


def test_a_person_of_another_service_is_one_account(zg: Zg) -> None:
    for words in (("--provider", "city"), ("--subject", "1"), ("--none", "--provider", "city", "--subject", "1"), ()):
        zg("--as", "admin", "user", "identity", "office", *words, code=2)
    zg("--as", "admin", "user", "identity", "office", "--provider", "City", "--subject", "1", code=5)
    zg("--as", "admin", "user", "identity", "office", "--provider", "city", "--subject", "4711")
    with open_record(Settings(zg.url, "office", "zh")) as record:
        assert person(record.database, "city", "4711", datetime.now(UTC)).role == "supervisor"
    zg("--as", "admin", "user", "identity", "admin", "--provider", "city", "--subject", "4711", code=5)
    zg("--as", "admin", "user", "identity", "office", "--none")
    assert zg.json("user", "show", "office")["has_identity"] is False


def test_the_access_log_is_read_by_account_kind_and_time_by_whoever_reads_the_administration(zg: Zg) -> None:
    for day, what, account in ((1, "signed-in", "office"), (2, "refused", None), (3, "viewed", "office")):
        log_of(zg).write(what, datetime(2026, 3, day, 4, tzinfo=UTC), "10.0.0.1", account, {"path": "/tickets/1"})
    assert [line.split("\t")[1] for line in zg("--as", "admin", "audit", "access").stdout.splitlines()] == ["登录", "登录被拒", "查看"]
    for words, expected in (
        (("--account", "office"), ["signed-in", "viewed"]), (("--what", "refused"), ["refused"]),
        (("--since", "2026-03-02"), ["refused", "viewed"]), (("--limit", "1"), ["viewed"]),
    ):
        printed = zg("--as", "admin", "audit", "access", "--json", *words).stdout
        assert [json.loads(line)["what"] for line in printed.splitlines()] == expected
