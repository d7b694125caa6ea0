"""Complaints and reviews that could not be taken in stand with their reasons until the sender says them in a way that can be used.

They are in no review, so that the proof of the reviews (每个差评都得到整改) names them besides: else nobody could show that none was lost.
What is said to be a complaint, or a good review, is not kept: of these nothing has to be proven.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import NotFound, Problem, Refused
from engine.office.complaints.messages import Gist
from engine.record import queries
from engine.record.database import Database
from engine.record.row_change import RowChange, RowDropped, new_row
from engine.registry.entries import Entries
from engine.rules.access import Actor, may_bring_feedback_of, may_enter_feedback, must
from engine.rules.loop.feedback import COMPLAINT, is_bad
from engine.rules.loop.message import LONGEST_REF, LONGEST_SOURCE
from engine.rules.wording import LONGEST, word_problem
from engine.rules.worktime.period import Span

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

TABLE = "feedback_refusal"
LONGEST_REASON = 200
"""Characters of what a reason names."""


class Standing(NamedTuple):
    """A message that could not be taken in. `ref` is the sender's id, or names file and row where there is none; `reasons` are codes with
    what they name, None where these words were erased.
    """

    source: str
    ref: str
    rating: int | None
    unit: str | None
    stated_at: datetime
    file: str | None
    line: int | None
    reasons: Sequence[tuple[str, Mapping[str, object]]] | None
    refused_at: datetime


class Unusable(NamedTuple):
    """A message that cannot be taken in now: what can be read of it all the same, and why."""

    gist: Gist
    problems: Sequence[Problem]
    line: int | None = None


class Refusals(Entries):
    """The writer of what could not be taken in."""

    def settle(self, actor: Actor, source: str, refused: Iterable[Unusable], taken: Iterable[str], file: str | None = None) -> None:
        """Keeps what could not be taken in, and forgets what now was, by the ids of the sender. What stands already makes no entry, and of
        whom nobody can be called so nothing is kept.

        Raises NotPermitted.
        """
        must(lambda one: may_bring_feedback_of(one, source), actor)
        if word_problem("source", source, LONGEST_SOURCE, one_line=True) is not None:
            return
        wanted = {each.ref: each for each in (_standing(source, item, file, self.clock.now()) for item in refused if _counts(item.gist))}
        taken = [ref for ref in dict.fromkeys(taken) if ref not in wanted]
        if not any(self._changed(source, wanted, taken)):
            return
        with self._writing(actor):
            new, over = self._changed(source, wanted, taken)  # another delivery of the same may have been here meanwhile
            if new or over:
                self._tell(actor, source, new, over, file)

    def dismiss(self, actor: Actor, source: str, ref: str, reason: str) -> None:
        """Forgets one, by the word of a person. Raises NotFound, Refused (no reason), NotPermitted."""
        must(may_enter_feedback, actor)
        if (wrong := word_problem("reason", reason, LONGEST)) is not None:
            raise Refused((wrong,))
        with self._writing(actor):
            known = [each.ref for each in standing_of(self.database, source)]
            if ref not in known:
                raise NotFound(reason="refusal-not-found", name=ref, nearest=known[:3])
            self._tell(actor, source, [], [ref], None, reason)

    def _changed(self, source: str, wanted: Mapping[str, Standing], taken: Iterable[str]) -> tuple[list[Standing], list[str]]:
        """What does not stand yet, or otherwise, and what stands and was taken in."""
        before = {each.ref: each for each in standing_of(self.database, source)}
        new = [each for ref, each in wanted.items() if ref not in before or before[ref]._replace(refused_at=each.refused_at) != each]
        return new, [ref for ref in taken if ref in before]

    def _tell(
        self, actor: Actor, source: str, new: Sequence[Standing], over: Sequence[str], file: str | None, reason: str | None = None,
    ) -> None:
        rows: list[RowChange] = [
            new_row(TABLE, **{**each._asdict(), "reasons": json.dumps(each.reasons, ensure_ascii=False)}) for each in new
        ]
        rows += [RowDropped(TABLE, {"source": source, "ref": ref}) for ref in over]
        facts = {"what": "feedback.refused", "source": source, "refs": [each.ref for each in new], "over": list(over), "file": file}
        self._note(actor, "set", facts, {"reason": reason}, rows=rows)


def standing_of(database: Database, source: str) -> list[Standing]:
    """What could not be taken in of a sender, and stands."""
    return [_read(row) for row in database.rows(queries.REFUSALS_OF, source=source)]


def refused_in(desk: Desk, span: Span) -> list[Standing]:
    """What was said in a time, as far as it tells one, could not be taken in, and stands."""
    return [_read(row) for row in desk.database.rows(queries.REFUSALS_STATED, since=span.since, stated_before=span.before)]


def _read(row: Sequence[object]) -> Standing:
    found = Standing(*row)  # type: ignore[arg-type] # as the table has them
    reasons = json.loads(str(found.reasons)) if found.reasons is not None else None
    return found._replace(reasons=[(code, values) for code, values in reasons] if reasons is not None else None)


def _counts(gist: Gist) -> bool:
    """Whether it may be a bad review: it is not said to be a complaint or a good one."""
    return gist.kind != COMPLAINT and (gist.rating is None or is_bad(gist.rating))


def _standing(source: str, refusal: Unusable, file: str | None, now: datetime) -> Standing:
    gist = refusal.gist
    named = gist.ref and word_problem("ref", gist.ref, LONGEST_REF, one_line=True) is None
    ref = gist.ref if gist.ref and named else f"#{(file or '')[:12]}:{refusal.line}"
    reasons = [
        (problem.code, {name: str(value)[:LONGEST_REASON] for name, value in problem.values.items()}) for problem in refusal.problems
    ]
    return Standing(source, ref, gist.rating, gist.unit, gist.at or now, file, refusal.line, reasons, now)
