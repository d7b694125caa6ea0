"""`zg demo` is real: the commands it shows are the commands that ran, and its sandbox is left for trying."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from engine.cli.demo import FILES, STORY
from engine.record.connection import connect
from tests.cli.conftest import Zg
from tests.rebuilt import content


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.torture)])
def test_the_demo_plays_in_a_sandbox_of_its_own_and_says_what_to_type_next(
    empty: Zg, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str,
) -> None:
    monkeypatch.setenv("ZG_FORCE_TTY", "")  # the demo sets it; it must not stay behind
    monkeypatch.setenv("NO_COLOR", "1")
    text = empty("--lang", language, "demo").output
    for _, commands in STORY:
        for command in commands:
            assert f"$ zg {command}" in text
    assert not Path(empty.url.removeprefix("sqlite:///")).exists()
    found = re.search(r"sqlite:////\S+/demo\.db", text)
    assert found is not None
    sandbox = Zg(found[0])
    tickets = {ticket["number"]: ticket for ticket in sandbox.lines("list", "--all")}
    assert len(tickets) == 30 + 3 + 1, "the sheet's, the round's, the visit's"
    assert len({ticket["lead"] for ticket in tickets.values()}) == 12
    passed, relapsed, missing = (tickets[f"ZG-2020-00{serial}"] for serial in (32, 33, 31))
    assert (passed["state"], relapsed["state"], missing["state"]) == ("verified", "rectifying", "rectifying")
    assert relapsed["attempt"] == 2 and missing["light"] == "red"
    lights = {row["ticket"]: row["light"] for row in sandbox.json("evaluate", "board")["rows"] if row["ticket"] is not None}
    assert lights == {passed["number"]: "green", relapsed["number"]: "yellow", missing["number"]: "red"}, "found, at it, late"
    sandbox("audit", "verify")
    files = {path.name for path in Path(found[0].removeprefix("sqlite:///")).parent.glob("*.xlsx")}
    assert files == {name for name in FILES if name.endswith(".xlsx")}
    filled_in = next(Path(found[0].removeprefix("sqlite:///")).parent.glob("整改任务清单.xlsx"))
    sandbox("evaluate", "tasklist", "1", "--out", str(filled_in), code=5)
    sandbox("evaluate", "tasklist", "1", "--out", str(filled_in), "--force")
    sandbox("evaluate", "tasklist", "1", "--out", str(filled_in.with_suffix(".doc")), code=2)
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    sandbox("audit", "rebuild", "--into", anew)
    rebuilt = Zg(anew)
    rebuilt("audit", "verify")
    assert rebuilt.lines("list", "--all") == sandbox.lines("list", "--all")
    with closing(connect(found[0])) as played, closing(connect(anew)) as made:
        assert content(made) == content(played)
    shutil.rmtree(Path(found[0].removeprefix("sqlite:///")).parent)
