"""The demonstration as a page to read: what `zg demo` prints, a chapter a heading, with the pictures of what it leaves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping

from engine.cli.demo import STORY
from engine.words import texts

OPENING: Mapping[str, str] = {
    "zh": "# 五分钟看懂闭环\n\n[English](story.md)\n\n"
          "以下是 `zg demo` 打印的原样。县区、数值、问题均为演练数据，账号都是岗位。\n文件不会销号，也不会替单位起算时限：都由人办。",
    "en": "# The loop in five minutes\n\n[中文](story.zh-CN.md)\n\n"
          "What `zg demo` prints, as it is. Counties, figures and problems are made up (演练数据); accounts are roles.\n"
          "No file closes anything, and none starts a unit's clock: people do.",
}
PICTURES: Mapping[str, tuple[str, ...]] = {
    "sheet": ("sheet-returned",), "first": ("sheet-tasks",), "second": ("board",), "week": ("sheet-ledger", "sheet-figures"),
}
"""What the chapters leave."""

SHOWN: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "sheet-returned": "有误的清单退回：标红，末列是错误说明", "sheet-tasks": "整改任务清单：填好牵头单位、时限、文号再交办",
        "board": "指标一览", "sheet-ledger": "导出的台账", "sheet-figures": "分类统计",
    },
    "en": {
        "sheet-returned": "a faulty sheet goes back, in red, with what is wrong in its last column",
        "sheet-tasks": "the list of tasks: lead, date and letter are filled in before it is assigned", "board": "the board",
        "sheet-ledger": "the exported ledger", "sheet-figures": "its figures",
    },
}


def page(said: str, language: str) -> str:
    """The page, made of what the demonstration said. Its folder goes."""
    folder = re.search(r"/\S*/zg-demo-[^/\s]+", said)
    if folder is None:
        raise RuntimeError(said)
    shutil.rmtree(folder[0])
    lines, said_of = [OPENING[language]], texts(language)
    end, rest = said_of["demo.end"].partition("{")[0], said
    for (chapter, _), after in zip(STORY, [*(f"demo.{name}" for name, _ in STORY[1:]), None], strict=True):
        title = said_of[f"demo.{chapter}"]
        told = rest.partition(f"{title}\n")[2].partition(f"\n{said_of[after] if after is not None else end}")[0]
        lines += ["", f"## {title}", "", "```console", told.strip(), "```"]
        lines += [line for name in PICTURES.get(chapter, ()) for line in ("", f"![{SHOWN[language][name]}](pictures/{name}.png)")]
    return "\n".join(lines) + "\n"
