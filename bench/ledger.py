"""Importing a ledger against reading the file and writing the same rows by hand. Prints the median of paired rounds, in processor time.

    python bench/ledger.py [--rows 10000] [--rounds 3]

The floor does what nobody could leave out: python-calamine reads the cells, and hand-written code writes the same rows – event with its
hash, ticket, index of cooperators – in one transaction, on a database of its own. Another tool publishes 10,000 findings in about 190
seconds (DefectDojo's release notes; its machine is not named). The floor runs before ours and after it, since what it costs moves by a
fifth from one minute to the next: ours stands beside the mean of both.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import xlsxwriter
from python_calamine import CalamineWorkbook

from engine.app.founding import init
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.office.ledger.entry import Ledger, Wishes
from engine.office.sheets.reader import read
from engine.record.connection import connect
from engine.rules.access import Actor

OFFICE = Actor("office", "supervisor", None, "bench")
NOW = datetime(2020, 9, 25, 1, tzinfo=UTC)
HEADS = (
    "序号", "发现时间", "问题描述", "牵头单位", "配合单位", "整改措施", "交办时间", "整改时限", "整改情况", "整改完成日期", "责任人",
    "备注",
)
UNITS = ("市市场监管局", "市税务局", "市公安局", "市财政局", "市自然资源和规划局", "市住房城乡建设局", "市发改委", "市供电公司")
LIMITS = ("11月底前", "2020年12月31日", "2020.10.30", "长期坚持", "2020年9月10日")


def ledger(path: Path, rows: int) -> None:
    """A ledger as an office keeps it, of so many rows."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("台账")
    sheet.write(0, 0, "2020年营商环境问题整改台账")
    sheet.write_row(1, 0, HEADS)
    for serial in range(1, rows + 1):
        done = serial % 3 == 0
        sheet.write_row(serial + 1, 0, (
            serial, f"2020年{serial % 6 + 1}月{serial % 27 + 1}日", f"办事大厅第{serial}号窗口材料重复提交、群众来回跑", UNITS[serial % 8],
            f"{UNITS[(serial + 1) % 8]}、{UNITS[(serial + 2) % 8]}" if serial % 4 == 0 else "", f"{serial}.精简材料；一窗受理；并联审批",
            f"2020年{serial % 2 + 7}月{serial % 27 + 1}日", LIMITS[serial % 5], "已整改" if done else ("整改中", "未整改完成")[serial % 2],
            f"2020年9月{serial % 20 + 1}日" if done else "", f"张{serial}", "来自省里反馈" if serial % 9 == 0 else "",
        ))
    book.close()


class Floor:
    """Hand-written code for exactly these rows."""

    def __init__(self, made: Path) -> None:
        with sqlite3.connect(made) as connection:
            connection.row_factory = sqlite3.Row
            self.events = [dict(row) for row in connection.execute("SELECT * FROM event WHERE stream > 0 ORDER BY id")]
            self.tickets = [tuple(row) for row in connection.execute("SELECT * FROM ticket ORDER BY id")]
            self.cooperators = [tuple(row) for row in connection.execute("SELECT * FROM cooperator")]
        self.data = [json.loads(event["data"]) for event in self.events]
        self.words = [json.loads(event["words"]) for event in self.events]

    def write(self, path: Path, sheet: Path) -> None:
        cells = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
        assert len(cells) > len(self.events)
        connection = sqlite3.connect(path, isolation_level=None)
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}").fetchall()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self._events())
        cursor.executemany(f"INSERT INTO ticket VALUES ({','.join('?' * len(self.tickets[0]))})", self.tickets)
        cursor.executemany("INSERT INTO cooperator VALUES (?,?,?,?,?)", self.cooperators)
        cursor.execute("UPDATE counter SET last = last + ?", (len(self.tickets),))
        cursor.execute("COMMIT")
        connection.close()

    def _events(self) -> list[tuple[object, ...]]:
        rows = []
        for event, data, words in zip(self.events, self.data, self.words, strict=True):
            said = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            facts = json.dumps(
                {**data, "words": hashlib.sha256(said.encode()).hexdigest()}, ensure_ascii=False, sort_keys=True, separators=(",", ":"),
            )
            body = json.dumps({"v": 1, "ticket": event["stream"], "seq": 1, "at": event["at"], "actor": event["actor"], "data": facts})
            values = {**event, "data": facts, "words": said, "hash": hashlib.sha256(bytes(32) + body.encode()).digest()}
            rows.append(tuple(values.values()))
        return rows


class Arms:
    """The two ways in, each on a copy of the same empty record."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder, self.rows, self.sheet, self.empty = folder, rows, folder / "ledger.xlsx", folder / "empty.db"
        ledger(self.sheet, rows)
        init(f"sqlite:///{self.empty}", seed="pingdingshan-2020", sandbox=NOW, clock=FixedClock(NOW))
        with sqlite3.connect(self.empty) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made = self._copy("made")
        self._enter(made)  # the first time warms what is loaded and compiled
        self.by_hand = Floor(made)

    def floor(self) -> float:
        path = self._copy("floor")
        return self._timed(path, lambda: self.by_hand.write(path, self.sheet))

    def ours(self) -> float:
        path = self._copy("ours")
        return self._timed(path, lambda: self._enter(path))

    def paired(self) -> tuple[float, float]:
        """Seconds of the floor and of ours."""
        before, mine = self.floor(), self.ours()
        return (before + self.floor()) / 2, mine

    def _enter(self, path: Path) -> None:
        desk = Desk(connect(f"sqlite:///{path}"), FixedClock(NOW))
        outcome = Ledger(desk).enter(OFFICE, read(self.sheet), Wishes(), commit=True)
        assert len(outcome.written) == self.rows, [each for each in outcome.readings if each.action != "new"][:3]
        desk.database.close()

    def _copy(self, name: str) -> Path:
        return Path(shutil.copy(self.empty, self.folder / f"{name}.db"))

    def _timed(self, path: Path, work: Callable[[], object]) -> float:
        """The processor's time of the work; what it wrote is taken away, so that the next arm begins as this one did."""
        gc.collect()
        start = time.process_time()
        work()
        took = time.process_time() - start
        for left in self.folder.glob(f"{path.name}*"):
            left.unlink()
        return took


def run(rows: int, rounds: int) -> float:
    """The median ratio of paired rounds."""
    with tempfile.TemporaryDirectory() as name:
        arms = Arms(Path(name), rows)
        found = [arms.paired() for _ in range(rounds)]
    floor, ours = (statistics.median(pair[place] for pair in found) for place in (0, 1))
    ratios = [mine / beside for beside, mine in found]
    print(f"{rows} rows imported: {ours:.2f} s; read and written by hand: {floor:.2f} s")
    print(f"ratio {statistics.median(ratios):.2f} (rounds: {', '.join(f'{ratio:.2f}' for ratio in ratios)})")
    print("10,000 findings take another tool about 190 s, as its release notes say")
    return statistics.median(ratios)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    gc.set_threshold(50_000)  # as `zg` sets it
    run(options.rows, options.rounds)
