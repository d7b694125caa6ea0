"""A file of results as rows of pairs: whatever its layout, long or wide, each row says of one target and one subject what was found.

What cannot be used is a problem of its row; nothing is guessed, and a dash is no zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.errors import InvalidFile, Problem
from engine.office.rounds.columns import SYNONYMS, Column, columns_of, is_known
from engine.office.rounds.names import NEAR, WHOLE, Names, one_of
from engine.office.rounds.numbers import read_number, read_rank, read_rate, read_result, same_unit
from engine.office.sheets.cells import folded, is_ditto, one_line
from engine.office.sheets.heading import Block, blocks
from engine.office.sheets.sheet import EMPTY, Book, Cell, Row, Sheet
from engine.rules.loop.identity import ProblemName, Successors
from engine.rules.loop.round import Round
from engine.rules.loop.target import HAND, MISS, NOT_APPLICABLE, NOT_MEASURED, RANK, RATE, SCORE, VALUE, Standard
from engine.rules.wording import LONGEST

NUMBERS = ("value", "score", "full_mark", "mean", "best", "sample", "least_sample")


class Found(NamedTuple):
    """What one row says of one pair. `row` is the number that people see, `sheet` where it stands."""

    problem: ProblemName
    facts: Mapping[str, str]
    note: str | None
    sheet: str
    row: int


@dataclass(slots=True)
class Results:
    """All that a file says: the pairs, each once, and what cannot be used. `columns` tells of each head what it was taken for.

    `unusable` are pairs whose rows cannot be used, by their names, each with the problem's code.
    """

    found: dict[str, Found] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, str | None] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)

    def add(self, item: Found) -> None:
        """The next pair. Twins that say the same are one; twins that do not are problems both, and neither is used."""
        pair = item.problem.pair
        before = self.found.get(pair)
        if pair in self.unusable:
            return
        if before is None:
            self.found[pair] = item
        elif (before.facts, before.note) == (item.facts, item.note):
            self.problems.append(_at(item, Problem("result-twin-same", item.row, {"other": before.row})))
        else:
            for one, other in ((before, item), (item, before)):
                self.problems.append(_at(one, Problem("result-twin-other", one.row, {"other": other.row})))
            del self.found[pair]
            self.unusable[pair] = "result-twin-other"

    @property
    def nothing(self) -> bool:
        """Whether the file says nothing of any pair."""
        return not self.found and not self.unusable

    def spoil(self, pair: str, problem: Problem) -> None:
        """A pair whose row cannot be used."""
        self.problems.append(problem)
        self.found.pop(pair, None)
        self.unusable.setdefault(pair, problem.code)


def read_results(book: Book, round_: Round, names: Names, asked: Mapping[str, str], sheet: str | None = None) -> Results:
    """What a file says of a round; of rows of which none can be used what is wrong with each. Raises InvalidFile where no sheet holds any
    row of results.
    """
    results = Results()
    for each in book:
        if sheet is not None and folded(each.name) != folded(sheet):
            continue
        for block in blocks(each, is_known):
            _read_block(each, block, round_, names, asked, results)
    if book.links:  # what a formula took from another file is what that held when this one was last opened beside it
        results.problems.append(Problem("results-links", None, {"file": book.links[0]}))
    if results.nothing and not any(problem.line is not None for problem in results.problems):
        understood = [f"{head}={field}" for head, field in results.columns.items() if field is not None]
        unknown = [head for head, field in results.columns.items() if field is None]
        none = Problem("results-none", None, {"columns": understood or "—", "unknown": unknown or "—", "known": list(SYNONYMS)})
        problems = results.problems or [none]
        raise InvalidFile(problems, file=book.name)
    return results


def _read_block(sheet: Sheet, block: Block, round_: Round, names: Names, asked: Mapping[str, str], results: Results) -> None:
    columns = columns_of(block.heading.heads, names, asked)
    results.columns |= {column.head: column.field for column in columns if column.head}
    if not any(column.field in ("target", "group") for column in columns):
        return
    above: dict[int, Cell] = {}
    merged = sheet.covering()
    for row in block.rows:
        cells = [_own(sheet, row, index, merged, above) for index in range(len(columns))]
        line = _Line(sheet.name, row.number, columns, cells)
        for item in _pairs(line, round_, names, results):
            results.add(item)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row, cell by cell, with what its columns are."""

    sheet: str
    row: int
    columns: Sequence[Column]
    cells: Sequence[Cell]

    def cell(self, name: str, subject: str | None = None) -> Cell:
        """The cell of a field, of one subject or of the row."""
        wanted = (cell for column, cell in zip(self.columns, self.cells, strict=True) if (column.field, column.subject) == (name, subject))
        return next((cell for cell in wanted if cell.text), EMPTY)

    def text(self, name: str) -> str:
        return one_line(self.cell(name).text)

    def problem(self, code: str, **values: object) -> Problem:
        return Problem(code, self.row, values, where=self.sheet)


def _pairs(line: _Line, round_: Round, names: Names, results: Results) -> Iterator[Found]:
    """What a row says, pair by pair."""
    target = line.text("target") or line.text("group")
    if not target:
        if any(cell.text for cell in line.cells):
            results.problems.append(line.problem("result-no-target"))
        return
    standard = names.standard(target)
    if standard is None:
        results.problems.append(line.problem("result-target", target=target))
        return
    wide = list(dict.fromkeys(column.subject for column in line.columns if column.subject is not None))
    whose: list[str | None] = [*wide] or [None]
    for named in whose:
        text = named if named is not None else line.text("subject") or one_of(round_.subjects) or WHOLE[0]
        for subject in names.subjects(text) or ():
            yield from _pair(line, round_, names, standard, subject, named, results)
        if not names.subjects(text):
            near = names.near.get(text.strip())
            if near is None:
                results.problems.append(line.problem("result-subject", subject=text))
            else:
                results.problems.append(line.problem(NEAR, subject=text, near=list(near)))


def _pair(
    line: _Line, round_: Round, names: Names, standard: Standard, subject: str, column: str | None, results: Results,
) -> Iterator[Found]:
    if not in_scope(round_, standard.id, subject, names.successors):
        whose = column or line.text("subject") or subject
        results.problems.append(line.problem("result-out-of-scope", target=line.text("target") or standard.id, subject=whose))
        return
    point = line.text("point") or None if round_.points else None
    if round_.points and point is None:
        results.problems.append(line.problem("result-no-point"))
        return
    named = ProblemName(round_.number if round_.points else round_.scheme, standard.id, subject, point)
    problem = names.successors.meant(named, round_.results, {item.id for item in round_.standards})
    facts, fault = _facts(line, standard, column, names, points=round_.points)
    if fault is not None:
        results.spoil(problem.pair, fault)
        return
    note = (one_line(line.cell("note", column).text) or line.text("note"))[:LONGEST] or None
    yield Found(problem, facts, note, line.sheet, line.row)


def in_scope(round_: Round, target: str, subject: str, successors: Successors) -> bool:
    """Whether a pair may be measured by a round: its target and its subject, or what they went over to, are named, if any are."""
    targets = {successors.target(item.id) for item in round_.standards if item.named}
    subjects = {successors.subject(name) for name in round_.subjects}
    return (not targets or successors.target(target) in targets) and (not subjects or successors.subject(subject) in subjects)


def _facts(
    line: _Line, standard: Standard, column: str | None, names: Names, *, points: bool,
) -> tuple[dict[str, str], Problem | None]:
    """The facts of a pair, or what is wrong with them."""
    facts: dict[str, str] = {}
    for name in NUMBERS:
        cell = line.cell(name, column) if line.cell(name, column).text else line.cell(name)
        found = read_number(cell)
        if found.problem is not None:
            if name == VALUE and (told := _told_otherwise(cell, standard)):
                facts |= told
                continue
            return facts, line.problem("result-by-hand" if name == VALUE and standard.by == HAND else found.problem, text=cell.text)
        if found.text is None:
            if name in (VALUE, SCORE) and found.result is not None and cell.text:
                facts["result"] = found.result
            continue
        if name == VALUE and standard.by == VALUE and not same_unit(found.unit, standard.unit or ""):
            return facts, line.problem("result-unit", text=cell.text, unit=standard.unit or "")
        facts[name] = found.text
        facts |= {"best_of": found.aside["of"]} if name == "best" and "of" in found.aside else {}
        facts |= {"bonus": found.aside["bonus"]} if "bonus" in found.aside else {}
    rate, rank = read_rate(line.cell("rate", column)), read_rank(line.cell("rank", column))
    if rate.problem is not None or rank is None:
        return facts, line.problem(rate.problem or "result-rank", text=line.cell("rate" if rate.problem else "rank", column).text)
    facts |= rank | ({"rate": rate.text} if rate.text is not None else {})
    said = read_result(line.cell("result", column))
    if said is None:
        return facts, line.problem("result-word", text=line.cell("result", column).text)
    if said:
        facts["result"] = said
    if standard.by == HAND and VALUE in facts and "result" not in facts and not points:
        return facts, line.problem("result-by-hand", text=(line.cell(VALUE, column).text or line.cell(VALUE).text))
    if any(name in facts for name in (VALUE, SCORE, RATE)) and facts.get("result") == NOT_MEASURED:
        del facts["result"]  # one empty cell beside a number says nothing
    return _with_lead(line, _in_its_manner(_as_point(line, facts) if points else facts, standard), column, names)


def _told_otherwise(cell: Cell, standard: Standard) -> Mapping[str, str] | None:
    """What the cell of a subject says that is no number: the result of a target that a hand judges (达标), the rank of one that is ranked
    (第9名, 9/18). None where it says neither.
    """
    if standard.by == RANK:
        return read_rank(cell) or None
    said = read_result(cell) if standard.by == HAND else None
    return {"result": said} if said else None


def _with_lead(
    line: _Line, facts: dict[str, str], column: str | None, names: Names,
) -> tuple[dict[str, str], Problem | None]:
    text = one_line(line.cell("lead", column).text) or line.text("lead")
    lead = names.unit(text) if text else None
    if text and lead is None:
        return facts, line.problem("result-lead", unit=text)
    return facts | ({"lead": lead} if lead is not None else {}), None


def _as_point(line: _Line, facts: dict[str, str]) -> dict[str, str]:
    """What a listed point says: what was settled counts, not what was taken off at first. Without a word it is a miss."""
    settled = line.text("settled")
    number = read_number(Cell(settled.rpartition("扣")[2] if "扣" in settled else "", None))
    taken = read_number(line.cell("deduction"))
    if settled and number.text is None and settled.startswith("采纳"):
        return {**facts, "result": NOT_APPLICABLE}
    score = number.text if number.text is not None else taken.text
    return {**facts, "result": facts.get("result", MISS), **({"score": f"-{score.lstrip('-')}"} if score is not None else {})}


def _in_its_manner(facts: dict[str, str], standard: Standard) -> dict[str, str]:
    """A number in a column that only names the subject is what the target is judged by."""
    if standard.by in (SCORE, RATE, "rank") and VALUE in facts and standard.by not in facts:
        return {**{name: value for name, value in facts.items() if name != VALUE}, standard.by: facts[VALUE]}
    return facts


def _own(sheet: Sheet, row: Row, index: int, merged: Mapping[tuple[int, int], tuple[int, int]], above: dict[int, Cell]) -> Cell:
    """The cell of a column, where it says 〃 or lies in a merged range that of above."""
    cell = row.cells[index] if index < len(row.cells) else EMPTY
    place = merged.get((row.number - 1, index))
    if not cell.text and place is not None and place[1] == index:
        cell = sheet.rows[place[0]].cells[place[1]]
    elif is_ditto(cell.text):
        cell = above.get(index, EMPTY)
    if cell.text:
        above[index] = cell
    return cell


def _at(item: Found, problem: Problem) -> Problem:
    return problem._replace(where=item.sheet)
