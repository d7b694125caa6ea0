"""`zg demo`: the closed loop of one office in seconds. Every line is a real command on a sandbox; only the words are scripted."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import click

from engine.app import shipped
from engine.cli import cli
from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.errors import NotPossible


class Shown(str):
    """A command whose output is shown. What the others print stands in the lists and figures that come after them."""

    __slots__ = ()


STORY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sheet", (
        "init --seed pingdingshan-2020 --sandbox 2020-09-25T09:00",
        "unit add JIA 甲县 --kind county --relation county",
        "unit add YI 乙区 --kind county --relation county",
        "user add jia --title 甲县联络员 --role contact --unit JIA",
        "user add yi --title 乙区联络员 --role contact --unit YI",
        "batch new 营商环境评价反馈问题 --letter 演练〔2020〕1号 --date 2020-09-24 --sender 省评价组",
        Shown("import 问题清单.xlsx --source superior --batch 1"),
    )),
    ("assigned", (
        "import 问题清单.xlsx --source superior --batch 1 --answer leads=first --answer due:10.3=2020-10-30 --commit",
        "export 交办清单.xlsx --batch 1",
        Shown("assign --from 交办清单.xlsx --doc 演练〔2020〕2号 --dry-run"),
        "assign --from 交办清单.xlsx --doc 演练〔2020〕2号",
    )),
    ("holiday", (
        "--as 市市场监管局 accept 1 2",
        "--as 市自然资源和规划局 accept 4 5 6",
        Shown("why 1"),
        "clock set 2020-09-29T10:00",
        "--as 市税务局 sign-off 1 6 --note 发票申领、缴税已并入一表",
        "--as 市市场监管局 submit 1 --note 五张表并为一张",
        "reject 1 --reason 县区窗口仍收纸质证明",
        "clock set 2020-10-09T15:00",
        "sweep",
        "--as 市市场监管局 submit 1 --note 县区窗口已停收，抽查三处",
        "--as 市自然资源和规划局 submit 4 6 --note 已公示，办税窗口已进驻",
        "verify 1 4 6 --note 现场核验",
        "--as 市市场监管局 sign-off 3 --note 印章刻制已并入专区",
    )),
    ("first", (
        "clock set 2020-10-12T09:00",
        "evaluate start --scheme 市自评 --on 2020-09-30 --subjects 甲县,乙区 --targets 3.1-1,3.5-1",
        Shown("evaluate import 1 round-1.csv --commit"),
        "evaluate tasklist 1 --out 整改任务清单.xlsx",
        "assign 31 --lead 市市场监管局",
        "assign 32 33 --lead 市自然资源和规划局",
        "--as 市市场监管局 accept 31",
        "--as 市自然资源和规划局 accept 32 33",
    )),
    ("letters", (
        "clock set 2020-10-14T09:00",
        "sweep",
        Shown("list --proposals"),
        "issue 7 --by 督查室负责人",
        "waive 11 --reason 已当面听取说明，限期整改",
        "--as 市自然资源和规划局 submit 32 33 --note 增设窗口，当日受理",
        "verify 33 --note 抽查十件",
    )),
    ("visit", (
        "clock set 2020-10-19T09:00",
        "--as admin user add inspection --title 督查一组 --role supervisor",
        "visit new --on 2020-10-16 --place 乙区政务大厅 --unannounced --team inspection",
        "visit finding 1 综合窗口工作时间无人 --measure 2.5 --grade C --unit 乙区 --file photo.jpg",
        "--as leader visit consent 1",
        Shown("assign --visit 1 --suggested --dry-run"),
        "assign --visit 1 --suggested --yes --json",
        "--as 乙区 accept 34",
        "clock set 2020-10-20T10:00",
        "--as 市公安局 submit 3 22 --note 已办结",
        "--as 市自然资源和规划局 submit 5 --note 已停收，窗口已张贴告示",
        "--as 市政务服务和大数据局 submit 7 8 --note 评价器已全部恢复，差评已回访",
        "--as 甲县 submit 10 11 12 30 --note 已办结",
        "--as 市公共资源交易中心 submit 13 14 --note 已办结",
        "--as 市城管局 submit 17 18 --note 已办结",
        "--as 市税务局 submit 19 20 --note 已办结",
        "--as 市人力资源社会保障局 submit 23 24 --note 已办结",
        "--as 市财政局 submit 25 26 --note 已退还并公开",
        "--as 乙区 submit 27 --note 已办结",
        "verify 3 5 7 8 10 11 12 13 14 17 18 19 20 22 23 24 25 26 27 30 --note 逐件核验",
        "evaluate close 1",
        "visit close 1",
        "batch close 1",
    )),
    ("second", (
        "clock set 2020-11-06T09:00",
        "sweep",
        "evaluate start --scheme 市自评 --on 2020-10-31 --subjects 甲县,乙区 --targets 3.1-1,3.5-1",
        Shown("evaluate import 2 round-2.csv --commit"),
        "evaluate verify 2 --passing",
        "evaluate reopen 2 --relapsed",
        "evaluate close 2 --accept-missing 乙区未报企业开办数据，下一轮补测",
        Shown("evaluate board"),
        Shown("log 33"),
    )),
    ("week", (
        Shown("today"),
        Shown("count --by unit"),
        "export 台账.xlsx --all",
        Shown("audit verify"),
    )),
)
"""The chapters of the story, and the commands of each."""

DESK = (
    "--as 市市场监管局 submit 2 --note 注销登记改为全程网办，当日办结 --file photo.jpg",
    "--as 市自然资源和规划局 submit 33 --note 增设两个窗口，三日内办结",
    "open 不动产登记信息未与税务部门共享 --source visit --measure 3.5 --grade A",
    "assign 35 --lead 市自然资源和规划局 --with 市税务局",
    "--as 市自然资源和规划局 accept 35",
    "--as 市税务局 sign-off 35 --note 接口已联调",
    "open 水电气报装仍要重复提交身份证明 --source visit",
    "open 政务服务热线转办超过三天 --source complaint",
    "open 证照到期提醒短信未发送 --source complaint",
    "assign 38 --lead 市公安局",
    "--as 市公安局 accept 38",
    "--as 市公安局 request-extension 38 --to 2020-11-18 --reason 短信平台正在更换",
)
"""What is done beside the story where it is opened in a browser, so that something waits for everybody."""

PEOPLE = ("office", "inspection", "zrzyj", "zrzyj-head", "leader", "auditor")
"""The people whose pages a demo in a browser opens: the office, another of its supervisors, who verifies what it assigned, a unit's contact
and its head, a leader, the auditor.
"""

LETTER = "问题清单.xlsx"
"""What the superior sent: made of `superior.csv` when the story begins."""

ENDED = 128 + signal.SIGTERM
"""How a command ends that SIGTERM ends."""

WIDTHS = (6, 12, 36, 28, 16, 12)
"""Of the columns of that sheet, in characters."""

FILES = frozenset({LETTER, "交办清单.xlsx", "整改任务清单.xlsx", "台账.xlsx", "round-1.csv", "round-2.csv", "photo.jpg"})
"""Files that the story reads and writes. They lie beside the sandbox."""


@verb(
    "demo", option("--serve", "served", is_flag=True),
    option("--port", metavar="PORT", type=click.IntRange(0, 65_535), default=8600),
)
def demo(call: Call, served: bool, port: int) -> int:
    """Plays the story in a new sandbox, which is left for trying, or gone once its pages end. Raises NotPossible if a step fails: the demo
    is a test of the program.
    """
    os.environ["ZG_FORCE_TTY"] = "1"  # a demo is for people, whatever stands at the other end of the output
    if not call.terminal.colour:
        os.environ["NO_COLOR"] = "1"
    folder = Path(tempfile.mkdtemp(prefix="zg-demo-"))
    with _removed_at_the_end(folder) if served else nullcontext():
        return _play(call, folder, port, served=served)


@contextmanager
def _removed_at_the_end(folder: Path) -> Iterator[None]:
    """Removes the folder, whether the pages are ended by Ctrl+C or by SIGTERM, which the server hands on once its answers are given."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def _play(call: Call, folder: Path, port: int, *, served: bool) -> int:
    """Plays the story in a folder, and serves it or says what to try."""
    url = f"sqlite:///{folder / 'demo.db'}"
    _prepare(call, folder)
    for chapter, commands in STORY:
        call.out(*([] if served else [""]), call.terminal.paint(call.say(f"demo.{chapter}"), "bold"))
        for command in commands:
            if not served:
                call.out(f"$ zg {command}")
            sys.stdout.flush()
            _step(call, url, folder, command, shown=isinstance(command, Shown) and not served)
    if served:
        from engine.cli.serve import serve_demo  # few demos are opened in a browser

        for command in DESK:
            _step(call, url, folder, command, shown=False)
        call.out("")
        return serve_demo(call, url, port, PEOPLE)
    call.out("", call.say("demo.end", url=url, folder=str(folder)))
    return 0


def _prepare(call: Call, folder: Path) -> None:
    """Puts the files of the story beside its sandbox: what came with the program, and the superior's sheet as a workbook."""
    from engine.office.sheets.reader import read  # few watch the demo, and every command may be asked for its help
    from engine.office.sheets.workbook import Column, Frame, Table, write_workbook

    for path in shipped.folder("seeds").joinpath("demo").iterdir():
        shutil.copyfile(path, folder / path.name)
    [sheet] = read(folder / "superior.csv")
    [title, *_], heads, *rows = ([cell.text for cell in row.cells] for row in sheet.rows)
    columns = tuple(Column(head, width) for head, width in zip(heads, WIDTHS, strict=True))
    write_workbook(folder / LETTER, [Table(title, title, columns, rows)], Frame("", "{page} / {pages}", call.say("export.sandbox")))


def _step(call: Call, url: str, folder: Path, command: str, *, shown: bool) -> None:
    said, hinted = StringIO(), StringIO()
    words = [str(folder / word) if word in FILES else word for word in shlex.split(command)]
    try:
        with nullcontext() if shown else redirect_stdout(said), nullcontext() if shown else redirect_stderr(hinted):
            cli.main(["--db", url, "--lang", call.language, *words])
    except SystemExit as end:
        if end.code:
            sys.stderr.write(hinted.getvalue())
            raise NotPossible(reason="demo-failed", command=f"zg {command}") from None
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # what was said on both stands in its order
