"""What machines ask of the server itself: whether it lives, is ready, and how it goes."""

from __future__ import annotations

from contextlib import closing

from engine.record.connection import connect
from tests.web.conftest import Office


def test_it_is_alive_and_ready_and_tells_strangers_no_more(read_office: Office) -> None:
    for path in ("/healthz", "/readyz"):
        assert read_office.stranger.get(path) == "ok\n"
    read_office.stranger.get("/metrics", 303)
    read_office.stranger.get("/-/about", 303)


def test_it_is_not_ready_without_a_record(office: Office) -> None:
    with closing(connect(office.settings.db)) as database, database.write():
        database.run("UPDATE definition SET current = :no", no=False)
    assert office.stranger.client.get("/readyz").status_code >= 500


def test_metrics_are_what_prometheus_reads(read_office: Office) -> None:
    token = read_office.zg.json("user", "token", "auditor")["token"]
    answer = read_office.stranger.client.get("/metrics", headers={"authorization": f"Bearer {token}"})
    lines = answer.text.splitlines()
    assert answer.headers["content-type"].startswith("text/plain;version=0.0.4") and answer.text.endswith("\n")
    lights = [line for line in lines if line.startswith("zhenggai_open_tickets")]
    assert sum(int(line.rpartition(" ")[2]) for line in lights) == len(read_office.zg.lines("list")) == 3
    assert any(line.startswith('zhenggai_answers_total{method="GET"') for line in lines)
    names = {line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")}
    assert names == {line.split(" ")[2] for line in lines if line.startswith("# TYPE")} - {"zhenggai_duty_well_seconds"}
    read_office.browser("scjgj").get("/metrics", 403)


def test_whoever_has_an_account_is_told_which_program_it_is(read_office: Office) -> None:
    about = read_office.browser("scjgj").client.get("/-/about").json()
    assert about["account"] == "scjgj" and about["unit"] == "SCJGJ" and about["version"]
