"""What the columns of a sender's file mean: by their heads, as result sheets and ledgers have them, or as somebody says with `--map`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from engine.errors import UsageError
from engine.office.ledger import heads as ledger
from engine.office.ledger.columns import fields_of
from engine.office.rounds.columns import SYNONYMS as OF_RESULTS
from engine.office.sheets.cells import folded

HEADS: Mapping[str, tuple[str, ...]] = {
    "ref": (
        "ref", "id", "编号", "工单号", "工单编号", "诉求编号", "评价编号", "来件编号", "办件编号", "受理编号", "投诉编号", "诉求单号",
        "工单id", "流水号",
    ),
    "version": ("version", "版本", "版本号"),
    "at": ("at", "time", "时间", "评价时间", "受理时间", "来电时间", "诉求时间", "投诉时间", "登记时间", "提交时间", "日期", "评价日期"),
    "kind": ("kind", "类型", "来件类型", "诉求类型"),
    "rating": (
        "rating", "评价等级", "满意度", "评价结果", "星级", "满意等级", "满意度评价", "评价星级", "满意情况", "是否满意",
        "评价分值", "打分",
        *OF_RESULTS["score"], "评价",
    ),
    "text": ("text", "内容", "评价内容", "诉求内容", "投诉内容", "问题描述", "意见建议", "评价意见"),
    "unit": (
        "unit", "被评单位", "被评价单位", "被评部门", "被评价部门", "被评价机构", "被投诉单位", "被投诉部门", "评价部门", "评价单位",
        "办理单位", "办理部门", "承办单位", "承办部门", "责任单位", "责任部门", "服务单位", "单位", "单位名称", "部门", "部门名称",
    ),
    "item": ("item", "事项", "事项名称", "服务事项", "政务服务事项", "办理事项"),
    "name": ("name", "姓名", "评价人", "诉求人", "投诉人", "来电人", "申请人"),
    "phone": ("phone", "电话", "联系电话", "联系方式", "手机", "手机号", "来电号码"),
    "category": ("category", "state", "状态", "办理状态", "工单状态"),
    "mark": ("mark", "回传标识"),
}
"""By the name of a field, the heads under which senders keep it; of several in one file the first counts."""

IGNORED = "-"
"""Says with `--map` that a column is left aside."""

_RANK = {folded(head): (field, place) for field, heads in HEADS.items() for place, head in enumerate(heads)}
_AS_LEDGERS = {
    ledger.FOUND_ON: "at", ledger.PARTIES: "unit", ledger.LEAD: "unit", ledger.DETAIL: "text", ledger.COMPLAINANT: "name",
    ledger.PHONE: "phone",
}
"""What heads of ledgers are here. A ledger's running number is no sender's id, and its progress no state of a sender."""

_LATER = 1_000


class Asked(NamedTuple):
    """What somebody says of a file: what some of its columns are, by folded head, and what all its messages are that do not say it."""

    columns: Mapping[str, str] = {}
    kind: str | None = None


NOTHING_ASKED = Asked()


def read_map(texts: Iterable[str]) -> dict[str, str]:
    """What was said of columns: `COLUMN=FIELD`. Raises UsageError for a field that there is not."""
    fields, found = [*HEADS, IGNORED], {}
    for text in texts:
        head, _, field = text.rpartition("=")
        if field.strip() not in fields or not head.strip():
            raise UsageError(reason="feedback-column", text=text, fields=fields)
        found[folded(head)] = field.strip()
    return found


def is_known(head: str) -> bool:
    """Whether a head is one that senders use."""
    return _field(head) is not None


def columns_of(heads: Sequence[str], asked: Mapping[str, str]) -> tuple[str | None, ...]:
    """The field of each column, each field once: where it was said, else under the head that says it best. None is read by nobody."""
    ranked = [(asked[folded(head)], -1) if folded(head) in asked else _field(head) for head in heads]
    best: dict[str, int] = {}
    for place, found in enumerate(ranked):
        if found is not None and (found[0] not in best or found[1] < (ranked[best[found[0]]] or found)[1]):
            best[found[0]] = place
    return tuple(
        found[0] if found is not None and (found[0] == IGNORED or best[found[0]] == place) else None for place, found in enumerate(ranked)
    )


def named(fields: Mapping[str, object], asked: Mapping[str, str]) -> dict[str, object]:
    """The fields of one message by their names here; those that are not known are left out."""
    return {field: value for field, value in zip(columns_of([*fields], asked), fields.values(), strict=True) if field is not None}


def contradicted(said: Mapping[str, object], read: Mapping[str, object]) -> list[str]:
    """The fields that are said more than once, by names of our own, and not each time the same."""
    found = [(rank[0], value) for name, value in said.items() if (rank := _field(name)) is not None and rank[1] < _LATER]
    return list(dict.fromkeys(field for field, value in found if field in read and read[field] != value))


@lru_cache(maxsize=4_096)
def _field(head: str) -> tuple[str, int] | None:
    """The field that a head means, and how well it says it: whole, without what stands in brackets, or as in ledgers."""
    whole = folded(head)
    for text in (whole, whole.partition("(")[0]):
        if (found := _RANK.get(text)) is not None:
            return found
    for each in fields_of(head):
        if each in _AS_LEDGERS:
            return _AS_LEDGERS[each], _LATER
    return None
