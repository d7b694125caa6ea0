"""Where the table lies in a sheet: its heading, also one of two rows, blocks with headings of their own, titles above, signatures below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from engine.office.sheets.cells import folded, one_line
from engine.office.sheets.sheet import Row, Sheet

SEARCHED = 15
"""Rows from the top among which the first heading is looked for."""
LONGEST_HEAD = 40
BETWEEN = "/"
"""Stands between the upper and the lower head of a column of two rows."""
_APART = "\0"
"""Stands in no cell (`cells.clean`), and folding leaves it."""

_SIGNATURE = re.compile(
    r"^(?:编制|制表|填表|填报|审核|复核|批准|签字|签名|签收|负责人|联系人|联系电话|经办|主管|分管|单位(?:[(（]盖章[)）]|盖章|负责人)|项目部领导|审批)"
    r"[^:：]{0,8}(?:[:：]|$)"
)
_TOTAL = re.compile(r"^(?:本页|本表|本批|以上)?(?:合计|总计|小计|共计|累计)[:：]?(?:共?\d+[个件项条宗起处]?(?:问题)?)?[。.]?$")
_TOTAL_BEGINS, _COUNTED = frozenset("合总小共累本以"), re.compile(r"^[-+]?[\d,.]+(?:%|[个件项条宗起处家]|万?元)?$")
_NOTE = re.compile(r"^(?:填表说明|填报说明|说明|备注|注)[\d一二三四五]?[:：]")
_PICTURES = re.compile(r"^整改[前后](?:的?(?:照片|图片|情况|对比))?[:：]?$")
_NUMBER = re.compile(r"^[-+]?[\d,.]+%?$")

Aside = Literal["title", "heading", "section", "signature", "total", "note", "blank"]
"""What a row is that is no item: `section` is a line of its own between the items (一、营商环境)."""
Known = Callable[[str], bool]
"""Whether the head of a column is one that the reader knows."""


class Heading(NamedTuple):
    """The rows of a heading, by index, and for each column its head: of two rows `upper/lower`, of an empty one nothing."""

    first: int
    last: int
    heads: tuple[str, ...]


class Block(NamedTuple):
    """A heading and the rows that belong to it; `title` is what stands above it, `aside` are the rows that are no items, by number."""

    title: str
    heading: Heading
    rows: tuple[Row, ...]
    aside: tuple[tuple[int, Aside, str], ...]


def blocks(sheet: Sheet, known: Known) -> tuple[Block, ...]:
    """The tables of a sheet, from above. None where no heading is found among the first rows."""
    heading = find_heading(sheet, known)
    found: list[Block] = []
    start = 0
    while heading is not None:
        following = _next_heading(sheet, heading, known)
        end = len(sheet.rows) if following is None else _above(sheet, following)
        title = _title(sheet.rows[start:heading.first])
        found.append(_block(title, sheet, heading, end, start))
        start, heading = end, following
    return tuple(found)


def find_heading(sheet: Sheet, known: Known) -> Heading | None:
    """The first heading: among the first rows that of which most heads are known; where none is, the first that looks like one."""
    candidates = [(index, *_heads(sheet, index, known)) for index in range(min(SEARCHED, len(sheet.rows)))]
    by_name = [(sum(_is_known(head, known) for head in heads), -index, Heading(index, last, heads)) for index, last, heads in candidates]
    best = max(by_name, default=(0, 0, None), key=lambda each: each[:2])
    if best[0] >= 2 or (best[0] == 1 and best[2] is not None and _looks_like_one(sheet.rows[best[2].first])):
        return best[2]
    full = max((_filled(row) for row in sheet.rows[:2 * SEARCHED]), default=0)
    for index, last, heads in candidates:
        if _looks_like_one(sheet.rows[index]) and _filled(sheet.rows[index]) * 5 >= full * 3:
            return Heading(index, last, heads)
    return None


def _is_known(head: str, known: Known) -> bool:
    """Whether a head, or one of the two that it is made of, is known."""
    return bool(head) and (known(head) or any(known(part) for part in head.split(BETWEEN) if part))


def _heads(sheet: Sheet, index: int, known: Known) -> tuple[int, tuple[str, ...]]:
    """The last row of a heading that begins here, and its heads: two rows where a head above spans several columns or a merged one both."""
    upper = [one_line(text) for text in sheet.rows[index].texts]
    if index + 1 >= len(sheet.rows) or not _has_second_row(sheet, index, known):
        return index, _spread(sheet, index, upper, several=False)
    lower = [one_line(text) for text in sheet.rows[index + 1].texts]
    wide = _spread(sheet, index, upper, several=True)
    heads = tuple(
        f"{above}{BETWEEN}{below}" if above and below and above != below else above or below
        for above, below in zip(wide, lower, strict=True)
    )
    return index + 1, heads


def _has_second_row(sheet: Sheet, index: int, known: Known) -> bool:
    below, row = sheet.rows[index + 1], sheet.rows[index]
    if below.blank or not all(_may_be_head(below, column) for column in range(sheet.width)):
        return False
    spans = [span for span in sheet.merged if span.top == index and row.cells[span.left].text]
    if any(span.bottom == index + 1 for span in spans):
        return any(span.bottom == span.top and span.right > span.left for span in spans) or _under_blank(row, below)
    wide = [span for span in spans if span.bottom == index and span.right > span.left]
    titled = _filled(row) >= 2 and any(sum(bool(text) for text in below.texts[span.left:span.right + 1]) >= 2 for span in wide)
    if titled:
        return True
    # of a file without merged ranges: blanks beside a head, and below them heads that are known
    named = sum(known(text) for text in map(one_line, below.texts) if text)
    return _filled(row) >= 2 and _under_blank(row, below) and not sheet.merged and named >= 1 and _mostly_under(row, below)


def _under_blank(row: Row, below: Row) -> bool:
    """Whether a head of the second row stands where the first is empty."""
    return any(low and not high for high, low in zip(row.texts, below.texts, strict=True))


def _mostly_under(row: Row, below: Row) -> bool:
    """Whether the second row fills what the first leaves open: elsewhere it is mostly empty."""
    return sum(bool(low) for high, low in zip(row.texts, below.texts, strict=True) if high) <= _filled(row) // 2 + 1


def _spread(sheet: Sheet, index: int, heads: Sequence[str], *, several: bool) -> tuple[str, ...]:
    """The heads of a row, each over all the columns that its cell spans where it stands over several heads."""
    found = list(heads)
    for span in sheet.merged:
        if several and span.top == index == span.bottom:
            for column in range(span.left + 1, min(span.right + 1, len(found))):
                found[column] = found[column] or heads[span.left]
    if several and not sheet.merged:
        for column in range(1, len(found)):
            below = sheet.rows[index + 1].cells[column].text
            found[column] = found[column] or (found[column - 1] if below else "")
    return tuple(found)


def _may_be_head(row: Row, column: int) -> bool:
    cell = row.cells[column]
    return not cell.text or (isinstance(cell.value, str) and not _NUMBER.match(cell.text) and len(one_line(cell.text)) <= LONGEST_HEAD)


def _looks_like_one(row: Row) -> bool:
    """Whether a row may be a heading: at least two short texts, each once, and neither numbers nor days."""
    texts = [folded(text) for text in row.texts if text]
    return len(texts) >= 2 and len(set(texts)) * 4 >= len(texts) * 3 and all(_may_be_head(row, column) for column in range(len(row.cells)))


def _next_heading(sheet: Sheet, heading: Heading, known: Known) -> Heading | None:
    """The heading of the next block: the same heads again, or most of them."""
    wanted = _folded_texts(sheet.rows[heading.first])
    for index in range(heading.last + 1, len(sheet.rows)):
        same = len(_folded_texts(sheet.rows[index]) & wanted)
        if same * 3 >= len(wanted) * 2 and same >= 2:
            last, heads = _heads(sheet, index, known)
            return Heading(index, last, heads)
    return None


def _folded_texts(row: Row) -> set[str]:
    """The texts of a row as they are compared; all of them are folded at once, since nearly every row of a ledger is no heading."""
    return {*folded(_APART.join([cell.text for cell in row.cells if cell.text])).split(_APART)} - {""}


def _above(sheet: Sheet, heading: Heading) -> int:
    """The index of the first row that belongs to a block: titles directly above its heading do."""
    index = heading.first
    while index > 0 and _is_title(sheet, index - 1):
        index -= 1
    return index


def _is_title(sheet: Sheet, index: int) -> bool:
    row = sheet.rows[index]
    wide = any(span.top == index and span.right - span.left + 1 >= max(sheet.width // 2, 2) for span in sheet.merged)
    return _filled(row) == 1 and wide and not _aside_by_text(row)


def _title(rows: Sequence[Row]) -> str:
    """What stands above a heading, one line a row."""
    return "\n".join(" ".join(one_line(text) for text in row.texts if text) for row in rows if any(row.texts))


def _block(title: str, sheet: Sheet, heading: Heading, end: int, start: int) -> Block:
    aside: list[tuple[int, Aside, str]] = [
        (row.number, "blank" if row.blank else "title", _line(row)) for row in sheet.rows[start:heading.first]
    ]
    aside += [(row.number, "heading", "") for row in sheet.rows[heading.first:heading.last + 1]]
    rows: list[Row] = []
    covered = {place[0] for place in sheet.covering()}
    for index, kind in _kinds(sheet, heading, end, covered):
        row = sheet.rows[index]
        if kind is None:
            rows.append(row)
        else:
            aside.append((row.number, kind, _line(row)))
    return Block(title, heading, tuple(rows), tuple(aside))


def _kinds(sheet: Sheet, heading: Heading, end: int, covered: set[int]) -> Iterator[tuple[int, Aside | None]]:
    """For each row below a heading, what it is besides an item; None for an item."""
    columns = sum(bool(head) for head in heading.heads)
    for index in range(heading.last + 1, end):
        row = sheet.rows[index]
        kind = "blank" if row.blank and index not in covered else _aside_by_text(row)
        if kind is None and _filled(row) == 1 and columns > 2 and index not in covered and _is_section(sheet, index):
            kind = "section"
        yield index, kind


def _is_section(sheet: Sheet, index: int) -> bool:
    """Whether the only text of a row is a line of its own: it is merged over the row, or stands first and is no number."""
    row = sheet.rows[index]
    if any(cell.marks.pictures for cell in row.cells):
        return False
    column = next(number for number, text in enumerate(row.texts) if text)
    wide = any(span.top == index and span.left == column and span.right > column for span in sheet.merged)
    return wide or (column == 0 and isinstance(row.cells[0].value, str) and not _NUMBER.match(row.texts[0]))


def _aside_by_text(row: Row) -> Aside | None:
    texts = [cell.text for cell in row.cells if cell.text]
    if not texts:
        return None
    first = folded(texts[0])
    if (len(texts) == 1 and _NOTE.match(first)) or all(_PICTURES.match(text) for text in texts):  # above pictures of one item
        return "note"
    if _TOTAL.match(first) or any(text.lstrip()[:1] in _TOTAL_BEGINS and _TOTAL.match(folded(text)) for text in texts[1:2]):
        return "total"
    later = [text for text in texts[2:] if text.lstrip()[:1] in _TOTAL_BEGINS]
    if later and _is_total(texts):
        return "total"
    if not _SIGNATURE.match(first):  # nearly every row: its other cells need not be looked at
        return None
    signed = sum(bool(_SIGNATURE.match(folded(text))) for text in texts)
    return "signature" if signed * 3 >= len(texts) else None


def _is_total(texts: Sequence[str]) -> bool:
    """Whether a later cell of a row says that it is a total, and every other one is but a number of what is counted."""
    totals = [bool(_TOTAL.match(folded(text))) for text in texts]
    return any(totals) and all(total or _COUNTED.match(folded(text)) for total, text in zip(totals, texts, strict=True))


def _line(row: Row) -> str:
    return " ".join(one_line(text) for text in row.texts if text)


def _filled(row: Row) -> int:
    return len([cell for cell in row.cells if cell.text])
