"""A record is the same whatever its address is called."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from engine.record.connection import connect
from tests.cli.conftest import Zg


@pytest.mark.postgres
def test_a_server_by_another_name_has_the_same_keys(founded_postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZG_KEY")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with closing(connect(founded_postgresql)) as db:
        folder = tmp_path / "data" / "zhenggai" / "keys" / db.name
    folder.parent.mkdir(parents=True)
    (tmp_path / "keys").rename(folder)
    other = Zg(founded_postgresql.replace("127.0.0.1", "localhost"))
    assert other.url != founded_postgresql and other.json("audit", "verify")["anchored"] is True
    other("audit", "seal")
    assert [path.name for path in folder.parent.iterdir()] == [folder.name] and len(list(folder.glob("*.checkpoints"))) == 1
    (key,) = folder.glob("*.pem")
    key.rename(tmp_path / "kept.pem")
    assert other.json("audit", "key")["file"] == str(key), "by the list alone"
    (tmp_path / "kept.pem").rename(key)
    next(folder.glob("*.checkpoints")).unlink()
    assert other.json("audit", "key")["here"] is True, "by the key alone"
