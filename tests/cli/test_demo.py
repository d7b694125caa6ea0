"""`zg demo` is real: the commands it shows are the commands that ran, and its sandbox is left for trying."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from engine.cli.demo import STORY
from engine.record.connection import connect
from tests.cli.conftest import Zg
from tests.rebuilt import content


@pytest.mark.parametrize("language", ["zh", "en"])
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
    assert tickets["ZG-2020-0003"]["light"] == "red" and tickets["ZG-2020-0003"]["level"] == 4
    assert tickets["ZG-2020-0001"]["state"] == "verified" and tickets["ZG-2020-0001"]["attempt"] == 2
    sandbox("audit", "verify")
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    sandbox("audit", "rebuild", "--into", anew)
    rebuilt = Zg(anew)
    rebuilt("audit", "verify")
    assert rebuilt.lines("list", "--all") == sandbox.lines("list", "--all")
    with closing(connect(found[0])) as played, closing(connect(anew)) as made:
        assert content(made) == content(played)
    shutil.rmtree(Path(found[0].removeprefix("sqlite:///")).parent)
