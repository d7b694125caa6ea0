"""SIGKILL at random moments: whatever was acknowledged is there afterwards, nothing is half, and everything goes on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.app.backing_up import put_back
from engine.app.opening import database_clock
from engine.app.settings import Settings
from engine.audit.backup import make
from engine.record import schema
from engine.record.connection import connect
from engine.record.settings import OFFICE_SETTING, setting
from tests.cli.conftest import Zg
from tests.conftest import BOTH, new_server_database
from tests.faults.conftest import ROOT, judge
from tests.faults.hands import does, keeps, must_be_upgraded, must_be_whole, opens, says_that_it_was_put_back
from tests.later import later, migration_in
from tests.office.ledgers import csv, row

Kill = Callable[..., list[str]]
KINDS = (
    "opens", "opens", "does", "does", "does", "does", "moves", "keeps", "seals", "migrates", "rebuilds", "rotates", "witnesses", "restores",
    "upgrades",
)


def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_100_kills(founded: str, kill_many: Kill) -> None:
    seed = random.randrange(2**32)  # noqa: S311 – pytest-randomly prints the seed it comes from
    judged = judge(founded, kill_many(founded, 100, seed, *KINDS))
    assert judged.acknowledged > 50 and judged.tickets > 5
    _none_is_half()


@pytest.mark.torture
@pytest.mark.parametrize("portion", range(5))
def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_500_kills(founded: str, portion: int, kill_many: Kill) -> None:
    for seed in range(5 * portion, 5 * (portion + 1)):
        judged = judge(founded, said := kill_many(founded, 100, seed, *KINDS))
        done = Counter(line.partition(" ")[0] for line in said)
        more = {what: done[what] for what in ("anew", "backed", "back", "up", "key", "cosigned")}
        print(f"100 kills, seed {seed}: {judged}, {more}, {_none_is_half()} there")  # noqa: T201 – for docs/reliability.md


def _none_is_half() -> int:
    """How many records that were made anew, put back or upgraded stand beside the evidence; all are whole."""
    beside = Path(os.environ["ZG_EVIDENCE"]).parent
    there = [str(path) for path in beside.glob("[ab]*-?.db") if _is_record(str(path))]
    for url in there:
        must_be_whole(url)
    copies = [str(path) for path in beside.glob("up-?.db")]
    for url in copies:
        if schema.revision_of(url) == schema.SCHEMA:
            must_be_whole(url)
        else:
            with later(beside / "versions"):
                must_be_upgraded(url)
    return len(there) + len(copies)


def _is_record(url: str) -> bool:
    if not schema.exists(url):
        return False
    with closing(connect(url)) as made:
        return setting(made, OFFICE_SETTING) is not None


@pytest.fixture(params=BOTH)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where nothing is yet."""
    return f"sqlite:///{tmp_path / 'anew.db'}" if request.param == "sqlite" else str(request.getfixturevalue("empty_server_url"))


def test_a_rebuilding_that_is_killed_leaves_a_whole_record_or_none_and_is_done_by_the_next(source: str, target: str) -> None:
    seed = random.randrange(2**32)  # noqa: S311 – pytest-randomly prints the seed it comes from
    assert _killed("rebuilder", source, target, "3", str(seed))["none"] >= 1


@pytest.mark.torture
def test_200_rebuildings_that_were_killed_leave_whole_records_or_none(source: str, target: str) -> None:
    print(_killed("rebuilder", source, target, "200", "1"))  # noqa: T201 – figures for docs/reliability.md


def test_an_upgrade_that_is_killed_leaves_one_schema_or_the_other_and_is_done_and_said_by_the_next(founded: str, tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311 – pytest-randomly prints the seed it comes from
    assert sum(_killed("upgrader", founded, str(migration_in(tmp_path / "versions")), "3", str(seed)).values()) >= 1


@pytest.mark.torture
def test_200_upgrades_that_were_killed_leave_one_schema_or_the_other(founded: str, tmp_path: Path) -> None:
    print(_killed("upgrader", founded, str(migration_in(tmp_path / "versions")), "200", "1"))  # noqa: T201 – as above


def _killed(program: str, *given: str) -> dict[str, int]:
    """What the kills of a program in this folder left, by how many."""
    words = [sys.executable, "-m", f"tests.faults.{program}", *given]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=3600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


@pytest.fixture
def source(founded_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A record with files; those of what is made of it lie elsewhere."""
    monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "zg.db.evidence"))
    with closing(connect(founded_sqlite)) as db:
        clock, luck = database_clock(db)[0], random.Random(1)  # noqa: S311
        for act in (opens, opens, does, *[keeps] * 20):
            act(db, clock, luck, lambda line: None)
    monkeypatch.delenv("ZG_EVIDENCE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return founded_sqlite


@pytest.fixture
def empty_server_url(server: str) -> Iterator[str]:
    with new_server_database(server) as url:
        yield url


@pytest.mark.postgres
def test_what_is_put_back_on_a_server_says_so_before_it_says_which_schema_it_has(
    founded_postgresql: str, empty_server_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever is killed between the two leaves what no command takes for a record."""
    with closing(connect(founded_postgresql)) as db:
        assert make(db, founded_postgresql, tmp_path / "b.tar", database_clock(db)[0].now()).findings == []
    said: list[bool] = []
    say = schema.say
    monkeypatch.setattr(schema, "say", lambda url, revision: (said.append(says_that_it_was_put_back(url)), say(url, revision)))
    made = put_back(Settings(empty_server_url, "admin", "en"), tmp_path / "b.tar", empty_server_url)
    assert (made.stands, made.unnoted, said) == (True, None, [True])
    must_be_whole(empty_server_url)


def test_a_record_whose_making_was_killed_is_made_by_the_next_try(places: None, tmp_path: Path) -> None:
    seed = str(random.randrange(2**32))  # noqa: S311 – pytest-randomly prints the seed it comes from
    words = [sys.executable, "-m", "tests.faults.founder", tmp_path, "4", seed]
    killed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300, env=os.environ).stdout
    assert int(killed) >= 2
    for path in tmp_path.glob("*.db"):
        judge(f"sqlite:///{path}", [])


def test_a_record_that_has_tables_and_nothing_else_is_none_yet(places: None, tmp_path: Path) -> None:
    zg = Zg(f"sqlite:///{tmp_path / 'zg.db'}")
    schema.create(zg.url)
    assert zg.error("list", code=3)["code"] == "no-database"
    zg("init", "--sandbox", "2020-09-25")
    assert zg.error("init", code=5)["code"] == "database-exists"
    zg("open", "x", "--source", "visit")


@pytest.fixture
def imported(tmp_path: Path) -> Callable[[Zg], list[list[str]]]:
    """Commands that import: results of a round, a ledger, and complaints; each of sixty rows."""

    def made(zg: Zg) -> list[list[str]]:
        results, ledger, complaints = tmp_path / "r.csv", tmp_path / "ledger.csv", tmp_path / "complaints.csv"
        results.write_text("指标,对象,数值\n" + "\n".join(f"3.5-1,第{place}县,9" for place in range(60)), encoding="utf-8")
        ledger.write_bytes(csv(*(row(str(place), title=f"问题{place}") for place in range(1, 61))))
        said = (f"C{place},2020-09-01,市公安局,出证,第{place}次跑" for place in range(60))
        complaints.write_text("编号,时间,单位,事项,内容\n" + "\n".join(said), encoding="utf-8")
        zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-08-31")
        return [
            ["evaluate", "import", "1", str(results), "--commit", "--confirm", "60"], ["import", str(ledger), "--commit"],
            ["feedback", "receive", str(complaints), "--source", "省平台", "--kind", "complaint", "--commit"],
        ]

    return made


@pytest.mark.parametrize("founded", ["sqlite"], indirect=True)
def test_an_import_that_is_killed_and_typed_again_comes_to_its_end(founded: str, imported: Callable[[Zg], list[list[str]]]) -> None:
    _killed_imports(founded, imported, 1)


@pytest.mark.torture
def test_imports_that_are_killed_200_times_come_to_their_end(founded: str, imported: Callable[[Zg], list[list[str]]]) -> None:
    _killed_imports(founded, imported, 200)


def _killed_imports(url: str, imported: Callable[[Zg], list[list[str]]], kills: int) -> None:
    """What is killed leaves a lawful record; once it is done every row is there once, and the same again changes nothing."""
    zg = Zg(url)
    for place, words in enumerate(imported(zg), 1):
        seed = random.randrange(2**32)  # noqa: S311 – pytest-randomly prints the seed it comes from
        run = [sys.executable, "-m", "tests.faults.importer", url, str(kills), str(seed), *words]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=3600, check=False, env=os.environ)
        assert done.returncode == 0, done.stderr[-3000:]
        print(words[:2], done.stdout)  # noqa: T201 – figures for docs/reliability.md
        with closing(connect(url)) as db:
            rows = db.rows("SELECT title, serial FROM ticket ORDER BY serial")
            events = db.row("SELECT count(*) FROM event")
        assert len({title for title, _ in rows}) == len(rows) == 60 * place
        assert [serial for _, serial in rows] == list(range(1, 60 * place + 1))
        zg(*words)
        with closing(connect(url)) as db:
            assert db.row("SELECT count(*) FROM event") == events, "the same file again"
    judge(url, [])
