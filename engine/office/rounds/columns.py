"""What the columns of a result sheet mean: long (one row a pair) or wide (subjects in the head)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.errors import UsageError
from engine.office.rounds.names import Names
from engine.office.sheets.cells import folded
from engine.office.sheets.heading import BETWEEN

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "target": (
        "目标", "目标编号", "二级", "二级指标", "指标", "指标名称", "评价指标", "考核指标", "指标编号", "任务编号",
        "target", "indicator",
    ),
    "group": ("一级", "一级指标", "指标大类"),
    "subject": ("对象", "被评对象", "评价对象", "县区", "县市区", "县（市、区）", "县(市、区)", "县市", "地区", "被考核单位", "subject"),
    "value": ("数值", "实测值", "实际值", "指标值", "完成值", "实际完成", "完成情况数值", "值", "value"),
    "score": ("得分", "评分", "分数", "score"), "full_mark": ("满分", "分值", "标准分", "full_mark", "full mark"),
    "rate": ("得分率", "rate"), "rank": ("位次", "排名", "名次", "rank"), "of": ("参评数", "参评总数", "of"),
    "mean": ("平均", "平均值", "平均分", "均值", "mean"), "best": ("最优", "最优值", "最好", "最高分", "best"),
    "best_of": ("最优地区", "最优对象", "best_of"), "sample": ("样本", "样本量", "样本数", "sample"),
    "least_sample": ("最少样本", "最低样本量", "least_sample"),
    "result": ("结果", "评价结果", "达标情况", "是否达标", "result"),
    "lead": ("牵头", "牵头单位", "责任单位", "整改单位", "lead"),
    "note": ("备注", "说明", "失分点", "扣分点", "扣分原因", "存在问题", "原因", "note"),
    "point": ("序号", "编号", "问题编号", "point", "no"),
    "deduction": ("扣分", "扣分值"), "settled": ("核定", "核定意见", "复核意见", "最终核定"),
    "aside": ("佐证", "单位反馈", "反馈意见", "反馈", "证明材料"),
}
"""By the name of a field, the heads under which offices keep it."""

PER_SUBJECT = ("value", "score", "rate", "rank", "result", "note", "lead", "sample")
"""Fields that a wide sheet has once for each subject."""

_FIELD_OF = {folded(head): field for field, heads in SYNONYMS.items() for head in heads}
_TAIL = re.compile(r"[（(]?(得分率|得分|评分|分数|位次|排名|名次|实测值|数值|指标值|值|结果|达标情况)[)）]?$")
_WEIGHT = re.compile(r"[(（][^()（）]*[)）]")


class Column(NamedTuple):
    """What one column is: a field, and in a wide sheet whose; None for what is left aside, with its head."""

    head: str
    field: str | None = None
    subject: str | None = None


def is_known(head: str) -> bool:
    """Whether a head is one of those that result sheets have."""
    return _field(head) is not None


def columns_of(heads: Sequence[str], names: Names, asked: Mapping[str, str]) -> tuple[Column, ...]:
    """What each column means. `asked` says it for some heads, against what they are called. In a wide sheet a head that stands behind a
    subject and names none itself is that subject's.
    """
    found: list[Column] = []
    subject: str | None = None
    for head in heads:
        column = _column(head, names, asked)
        if column.subject is not None:
            subject = column.subject
        elif subject is not None and column.field in PER_SUBJECT and _repeats(column, heads):
            column = column._replace(subject=subject)
        elif column.field is not None:
            subject = None if column.field != "mean" else subject
        found.append(column)
    return tuple(found)


def read_map(texts: Sequence[str]) -> dict[str, str]:
    """What was said of columns: `COLUMN=FIELD`. Raises UsageError for a field that there is not."""
    found = {}
    for text in texts:
        head, _, field = text.partition("=")
        if field not in SYNONYMS or not head.strip():
            raise UsageError(reason="column-field", text=text, known=list(SYNONYMS))
        found[folded(head)] = field
    return found


def _column(head: str, names: Names, asked: Mapping[str, str]) -> Column:
    if (field := asked.get(folded(head))) is not None:
        return Column(head, field)
    *upper, lower = head.split(BETWEEN)
    if (subject := next(filter(names.is_subject, upper), None)) is not None:
        return Column(head, _field(lower) or "value", subject)
    if (field := _field(head)) is not None:
        return Column(head, field)
    tail = _TAIL.search(head)
    bare = head[: tail.start()].strip() if tail else head
    if names.is_subject(bare):
        return Column(head, (_field(tail[1]) if tail else None) or "value", bare)
    return Column(head)


def _field(head: str) -> str | None:
    """The field of a head, whole, without what stands in brackets, or by its lower half."""
    for text in (head, _WEIGHT.sub("", head), head.rpartition(BETWEEN)[2]):
        if (field := _FIELD_OF.get(folded(text))) is not None:
            return field
    return None


def _repeats(column: Column, heads: Sequence[str]) -> bool:
    """Whether a head stands more than once: each time it is another subject's."""
    return sum(folded(head) == folded(column.head) for head in heads) > 1 or column.field == "rank"
