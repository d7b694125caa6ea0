"""`zg demo`: the spring to winter of 2020 in seconds. Every line is a real command on a sandbox; only the words are scripted."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from contextlib import nullcontext, redirect_stdout
from io import StringIO
from pathlib import Path

from engine.cli import cli
from engine.cli.call import Call
from engine.cli.frame import verb
from engine.errors import NotPossible

STORY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("begin", (
        "init --seed pingdingshan-2020 --sandbox 2020-03-16T09:00",
    )),
    ("found", (
        "open 企业开办材料重复提交 --source evaluation --measure 3.1 --grade C",
        "open 低压用户平均接电7个工作日，高于5个工作日的目标 --source evaluation --measure 3.4 --grade B",
        "open 商事合同案件审理周期同比延长 --source evaluation --measure 3.10 --grade C",
        "open 不动产窗口一般登记未在2个工作日内办结 --source visit --measure 3.5 --grade C",
        "open 政务大厅好差评评价器停用 --source visit --measure 2.5 --grade C",
        "open 出口退税一类企业超过2个工作日 --source complaint --workflow complaint --key 12345-20200316-018",
    )),
    ("assigned", (
        "assign 1 --lead 市市场监管局 --with 市公安局 --with 市税务局",
        "assign 2 --lead 平顶山供电公司",
        "assign 3 --lead 市中级法院",
        "assign 4 --lead 市自然资源和规划局 --with 市税务局",
        "assign 5 --lead 市公共资源交易中心",
        "assign 6 --lead 市税务局",
        "--as 市市场监管局 accept 1",
        "--as 平顶山供电公司 accept 2",
        "--as 市自然资源和规划局 accept 4",
        "--as 市税务局 accept 6",
        "--as 市公共资源交易中心 decline 5 --reason 评价器由政务服务大厅统一管理 --clause 三定规定第五条 --suggest 市政务服务和大数据局",
        "assign 5 --lead 市政务服务和大数据局",
        "--as 市政务服务和大数据局 accept 5",
    )),
    ("march", (
        "clock set 2020-03-18T10:00",
        "sweep",
        "--as 市公安局 sign-off 1 --note 印章刻制信息已共享",
        "--as 市税务局 sign-off 1 --note 发票申领已并入一表",
        "--as 市市场监管局 submit 1 --note 五张表合并为一张，窗口已按新表受理",
        "reject 1 --reason 县区窗口仍收纸质住所证明",
        "--as 市税务局 submit 6 --note 已退税，并向企业说明",
        "verify 6 --note 回访满意",
        "clock set 2020-03-20T16:00",
        "sweep",
        "--as 市市场监管局 submit 1 --note 各县区已停收纸质证明，抽查三个窗口无误",
        "verify 1 --note 现场核验通过",
        "--as 市政务服务和大数据局 submit 5 --note 评价器全部恢复，逐日巡检",
        "verify 5",
    )),
    ("april", (
        "--as 平顶山供电公司 request-extension 2 --to 2020-04-20 --reason 疫情期间外线施工受限 --approved-by 公司负责人",
        "grant 2 --note 同意，不再延期",
        "clock set 2020-04-15T09:00",
        "sweep",
        "list --proposals",
        "--as leader consent 3 --note 同意",
        "issue 3 --by 督查室负责人",
        "waive 4 --reason 已当面听取说明，限期整改",
        "--as gdgs-head endorse 2",
        "--as 平顶山供电公司 submit 2 --note 平均接电4.6个工作日 --file 接电回访记录.txt",
        "verify 2 --note 抽查十户，与记录一致",
    )),
    ("autumn", (
        "clock set 2020-06-01T09:00",
        "sweep",
        "--as 市税务局 sign-off 4",
        "--as 市自然资源和规划局 submit 4 --note 增设窗口，一般登记1.8个工作日",
        "verify 4",
        "clock set 2020-09-14T09:00",
        "reopen 4 --as relapse --reason 回头看：一般登记又超过2个工作日",
        "clock set 2020-09-30T18:00",
        "sweep",
    )),
    ("winter", (
        "clock set 2020-11-20T09:00",
        "sweep",
        "list",
        "log 4",
        "why 4",
        "audit verify",
    )),
)
"""The chapters of the story, and the commands of each."""

RECORD = "接电回访记录.txt"
"""A file that the story hands in. It lies beside the sandbox."""

QUIET = frozenset({"open", "assign", "accept", "sign-off", "submit", "verify", "endorse", "clock", "consent", "issue", "waive"})
"""Commands whose output the demo hides: what they print stands in the list and the log at the end."""


@verb("demo")
def demo(call: Call) -> int:
    """Plays the story in a new sandbox. Raises NotPossible if a step fails: the demo is a test of the program."""
    os.environ["ZG_FORCE_TTY"] = "1"  # a demo is for people, whatever stands at the other end of the output
    if not call.terminal.colour:
        os.environ["NO_COLOR"] = "1"
    folder = Path(tempfile.mkdtemp(prefix="zg-demo-"))
    url = f"sqlite:///{folder / 'demo.db'}"
    (folder / RECORD).write_text(RECORD, encoding="utf-8")
    for chapter, commands in STORY:
        call.out("", call.terminal.paint(call.say(f"demo.{chapter}"), "bold"))
        for command in commands:
            call.out(f"$ zg {command}")
            sys.stdout.flush()
            _step(call, url, [str(folder / word) if word == RECORD else word for word in shlex.split(command)])
    call.out("", call.say("demo.end", url=url, folder=str(folder)))
    return 0


def _step(call: Call, url: str, words: list[str]) -> None:
    name = next(word for word in words if not word.startswith("-") and not _is_actor(words, word))
    quiet = redirect_stdout(StringIO()) if name in QUIET else nullcontext()
    try:
        with quiet:
            cli.main(["--db", url, "--lang", call.language, *words])
    except SystemExit as end:
        if end.code:
            raise NotPossible(reason="demo-failed", command=f"zg {shlex.join(words)}") from None


def _is_actor(words: list[str], word: str) -> bool:
    return words.index(word) > 0 and words[words.index(word) - 1] == "--as"
