"""完成情况: which state a cell of progress tells. 未整改完成, 部分整改 and 未闭环 are not done, whatever word of the end stands in them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

FOUND, ASSIGNED, RUNNING, SUBMITTED, DONE, CLOSED, SUSPENDED, WITHDRAWN = (
    "found", "assigned", "running", "submitted", "done", "closed", "suspended", "withdrawn",
)
"""What a cell may tell. `done` is what the unit says, `closed` what whoever supervises says."""

UNKNOWN, DOUBTFUL = "unknown", "doubtful"
"""Why a cell is asked about: a short word that nobody knows, or one that says that the matter is none or goes elsewhere (不属实, 移交):
that is for a person to decide."""

BLANK = frozenset({"", "/", "\\", "-", "—", "--", "——", "无", "空", "n/a", "na", "none"})
"""What stands in a cell in which nothing stands."""

SHORT = 10
"""In characters. A longer text that tells no state is what somebody reports of the progress, so the matter is under way."""

_TITLES = {
    "待交办": FOUND, "待签收": ASSIGNED, "整改中": RUNNING, "待验收": SUBMITTED, "已销号": CLOSED, "暂缓": SUSPENDED, "中止": SUSPENDED,
    "已撤销": WITHDRAWN,
    "to be assigned": FOUND, "to be accepted": ASSIGNED, "rectifying": RUNNING, "to be verified": SUBMITTED, "verified": CLOSED,
    "suspended": SUSPENDED, "withdrawn": WITHDRAWN, "open": RUNNING, "in progress": RUNNING, "ongoing": RUNNING, "closed": CLOSED,
    "done": DONE, "completed": DONE, "complete": DONE, "fixed": DONE, "resolved": DONE, "new": FOUND, "not started": RUNNING,
    "overdue": RUNNING, "pending": RUNNING, "pending verification": SUBMITTED, "on hold": SUSPENDED, "cancelled": WITHDRAWN,
    "partially completed": RUNNING, "partially done": RUNNING, "not completed": RUNNING, "incomplete": RUNNING, "not done": RUNNING,
    "未交办": FOUND, "未下发": FOUND, "待办": RUNNING, "在办": RUNNING, "未办": RUNNING, "办理中": RUNNING,
}
"""The states by the names that stand on our own sheets, and the words of trackers elsewhere."""

_YES = frozenset({"是", "√", "✓", "✔", "已", "y", "yes", "true", "1", "对", "合格", "通过", "☑"})
_NO = frozenset({"否", "×", "x", "✗", "未", "n", "no", "false", "0", "不合格", "不通过", "未通过", "☐", "□"})

_NOT_DONE = re.compile(
    r"未|尚|没有?(?:完成|整改|落实|到位)|不到位|不合格|部分|基本|大部|正在|进行|推进|施工|治理中|整改中|办理中|处理中|无法|不能|暂不|逾期|超期"
    r"|计划|拟(?:于|在|定)?|将于?|预计|待整改|需|剩余|其余|还有|仍|继续|持续|长期|按时序|序时|启动|开展"
    r"|not |partial|in progress|pending|ongoing|remaining"
)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")
_WAITING = re.compile(r"待(?:验收|销号|销项|复查|核查|审核|核实|复核|确认)|申请(?:销号|验收)|(?:验收|复查|核查|审核)中|报送?(?:销号|验收)")
_CLOSED = re.compile(r"销号|销项|闭环|验收(?:合格|通过)|通过验收|核销|归档|结案|closed|verified")
_DONE = re.compile(
    r"已(?:全部|经)?(?:整改|完成|解决|落实|办结|纠正|修复|更换|清理|拆除|恢复)|整改(?:完成|完毕|到位|结束|合格)|完成(?:整改)?|办结|到位|完毕"
    r"|completed|done|fixed|resolved"
)
_DOUBTFUL = re.compile(
    r"不属实|取消|撤销|作废|非问题|不是问题|重复|不再整改|移交|转(?:办|交)|已报.{0,8}(?:局|厅|办)|false positive|duplicate|cancel"
)
_SUSPENDED = re.compile(r"^(?:暂缓|中止|暂停)(?:整改|办理|计时)?$")


class Status(NamedTuple):
    """What a cell tells. `state` is None where it tells none; `asked` says why a person has to."""

    state: str | None = None
    asked: str | None = None


NOTHING = Status()


@lru_cache(maxsize=65_536)
def read_status(text: str) -> Status:
    """The state that a cell of progress tells."""
    plain = _plain(text)
    if plain in BLANK:
        return NOTHING
    if plain in _TITLES:
        return Status(_TITLES[plain])
    if _SUSPENDED.search(plain):
        return Status(SUSPENDED)
    if _DOUBTFUL.search(plain):
        return Status(asked=DOUBTFUL)
    if any(float(part) < 100 for part in _PERCENT.findall(plain)):
        return Status(RUNNING)
    without_waiting = _WAITING.sub("", plain)
    if _NOT_DONE.search(without_waiting):
        return Status(RUNNING)
    if _WAITING.search(plain):
        return Status(SUBMITTED)
    if _CLOSED.search(plain):
        return Status(CLOSED)
    if _DONE.search(plain) or _PERCENT.search(plain):
        return Status(DONE)
    return Status(RUNNING) if len(plain) > SHORT else Status(asked=UNKNOWN)


@lru_cache(maxsize=4_096)
def read_closing(text: str) -> Status:
    """The state that a cell of an ending tells (是否销号): yes, no, or as one of progress does."""
    plain = _plain(text)
    if plain in BLANK:
        return NOTHING
    if plain in _YES:
        return Status(CLOSED)
    if plain in _NO:
        return Status(RUNNING)
    return read_status(text)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).strip().lower().split("\n")).rstrip("。.;,!")
