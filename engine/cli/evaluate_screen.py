"""How rounds are shown to people: a round, what an application did, the board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.cli.call import Call
from engine.cli.listing import TITLE_LEAST
from engine.cli.table import GAP, Cell, Column, pairs, table, tsv
from engine.cli.terminal import display_width, wrap
from engine.desk.leftovers import LeftTicket
from engine.office.rounds.applied import Applied
from engine.office.rounds.newcomers import NewSubject
from engine.office.rounds.shown import taken_back
from engine.rules.event import Event
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.outcome import ACTIONS
from engine.rules.loop.round import RECORDED, SETTLED, Round, actions_of
from engine.rules.loop.target import RATE, SCORE, VALUE
from engine.rules.ticket_number import short_number
from engine.views.round import AppliedView, BoardView, CellView, DisputeView, PairView, round_view
from engine.words.light import SIGNS

ARROWS = {"better": "↑", "worse": "↓"}
"""How a value went since the last round, as its target says which way is better."""

NOT_COMPARABLE = "≠"
"""Stands at a value of another kind than that of the last round."""

SHORT_HASH = 12
"""As many digits of a file's SHA-256 as lines name it by."""


def print_round(call: Call, round_: Round, shown: Sequence[PairView], missing: Sequence[ProblemName] = ()) -> None:
    """A round as a card, and its results."""
    view, phrase = round_view(round_, call.app.desk.rules.zone()), call.phrase()
    demands = call.say("list.comma").join(f"{item['id']} {phrase.demand(item['demand'])}" for item in view["targets"])
    subjects = call.say("list.comma").join(phrase.unit(code) for code in view["subjects"])
    state = "round.undone" if view["undone_at"] else "round.closed" if view["closed_at"] else "round.open"
    facts = [
        (call.say("field.number"), view["round"]), (call.say("field.round-title"), view["title"]),
        (call.say("column.scheme"), view["scheme"]), (call.say("column.measured_on"), view["on"]),
        (call.say("column.letter"), view["doc"] or ""), (call.say("column.subjects"), subjects), (call.say("column.standards"), demands),
        (call.say("column.comments_end_at"), phrase.moment(round_.comments_end_at)),
        (call.say("field.assign-due"), view["assign_due_on"] or ""), (call.say("field.round-state"), call.say(state)),
        (call.say("column.results"), _counts(call, view["actions"])),
    ]
    call.lines(pairs(_broken(call, facts), call.terminal))
    call.lines(_pairs(call, shown))
    call.lines(call.terminal.wrapped(
        call.say("round.missing-pair", target=problem.target, subject=phrase.unit(problem.subject)) for problem in missing
    ))


def _broken(call: Call, facts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The facts of a card, the long ones in several lines."""
    if not call.terminal.out:
        return list(facts)
    room = call.terminal.width - max(display_width(name) for name, _ in facts) - len(GAP)
    return [
        (name if place == 0 else "", piece.strip()) for name, text in facts for place, piece in enumerate(wrap(text, room))
    ]


def print_disputes(call: Call, views: Sequence[DisputeView]) -> None:
    """The objections to a round: to which pair, why, what the unit signed, and what was decided."""
    phrase = call.phrase()
    for view in views:
        state = "round.objection-open" if view["accepted"] is None else (
            "round.objection-accepted" if view["accepted"] else "round.objection-refused"
        )
        said = call.say(
            "round.objection", target=view["target"], subject=phrase.unit(view["subject"]), reason=view.get("reason") or "—",
            files=call.say("list.comma").join(file[:SHORT_HASH] for file in view.get("files", ())), state=call.say(state),
        )
        decision = view.get("decision")
        call.lines(call.terminal.wrapped([said + (call.say("list.colon") + decision if decision else "")]))


def print_leftovers(call: Call, left: Sequence[LeftTicket]) -> None:
    """The tickets that stood on results which were taken away, and that nobody has judged since."""
    lines = [call.say("round.leftover", number=item.ticket.number, title=item.ticket.title, why=call.say(item.why)) for item in left]
    call.lines(call.terminal.wrapped([call.say("round.leftovers"), *lines] if lines else []))


def print_log(call: Call, round_: Round, events: Sequence[Event]) -> None:
    """What happened to a round, a line each: of results which file and how many of each, of an objection to which pair."""
    phrase = call.phrase()
    for event in events:
        said = call.say("log.round", date=phrase.moment(event.at), who=call.person(event.actor), what=phrase.label("kind", event.kind))
        pair = _pair(call, round_, event.data.get("pair"))
        parts = [said, _results(call, event) if event.kind == RECORDED else "", pair, _decision(call, event)]
        reason = (event.words or {}).get("reason")
        line = " ".join(part for part in parts if part)
        call.lines(call.terminal.wrapped([line + (call.say("list.colon") + reason if reason else "")]))


def _results(call: Call, event: Event) -> str:
    """The version that an event made of the results, from which file, and what it did."""
    counts = actions_of(event.data["pairs"])
    gone = [call.say("round.action", action=call.say("round.undone"), count=counts["gone"])] if "gone" in counts else []
    said = call.say("list.comma").join(text for text in (_counts(call, counts), *gone) if text)
    file = event.data.get("file")
    named = call.say("log.round-file", file=file[:SHORT_HASH]) if file is not None else ""
    what = call.say(f"round.cause-{event.data['cause']}")
    return call.say("log.round-results", cause=what, version=event.data["version"], file=named, counts=said)


def _decision(call: Call, event: Event) -> str:
    """Whether an event accepted an objection, and the value that the result has from then on."""
    if event.kind != SETTLED:
        return ""
    said = call.say("round.objection-accepted" if event.data["accepted"] else "round.objection-refused")
    value = event.data.get("facts", {}).get("value")
    return said if value is None else f"{said} {value}"


def _pair(call: Call, round_: Round, pair: str | None) -> str:
    """The target and subject that an event of a round is about, if it is about one."""
    if pair is None:
        return ""
    problem = round_.problem(pair)
    return f"{problem.target} {call.phrase().unit(problem.subject)}"


def print_rounds(call: Call, rounds: Sequence[Round]) -> None:
    """Rounds, a line each."""
    zone = call.app.desk.rules.zone()
    views = [round_view(each, zone) for each in rounds]
    if not call.terminal.out:
        call.lines(tsv([
            [view["round"], view["scheme"], view["on"], view["closed_at"], view["title"], view["undone_at"]] for view in views
        ]))
        return
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("column.measured_on"), whole=True),
        Column(call.say("column.scheme"), least=TITLE_LEAST, spare=1), Column(call.say("field.round-title"), least=TITLE_LEAST),
        Column(call.say("column.results"), least=TITLE_LEAST, spare=2),
    ]
    rows = [
        [
            view["round"], view["on"], view["scheme"], view["title"],
            call.say("round.undone") if view["undone_at"] else _counts(call, view["actions"]),
        ] for view in views
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("round.count" if views else "round.none", count=len(views))


def hint_new_subjects(call: Call, new: Sequence[NewSubject]) -> None:
    """Says which subjects are new, and which units have a name like theirs."""
    if new:
        names = [
            call.say("round.new-near", name=item.name, near=call.say("list.comma").join(item.near)) if item.near else item.name
            for item in new
        ]
        call.hint("round.new-subjects", count=len(new), names=call.say("list.comma").join(names))


def print_applied(call: Call, view: AppliedView, applied: Applied) -> None:
    """What an import did, or would do: the pairs, the problems, the sums, and until when it is only kept."""
    _effects(call, view, _counts(call, view["actions"]))
    hint_new_subjects(call, applied.new_subjects)
    if view["dry_run"]:
        call.hint("round.rehearsed", count=view["confirm"])
    else:
        call.hint("round.applied" if applied.written else "round.nothing-new", round=view["round"])
    if applied.round.commenting(call.app.desk.clock.now()):
        call.hint("round.only-kept", until=call.phrase().moment(applied.round.comments_end_at))


def print_corrected(call: Call, view: AppliedView, applied: Applied) -> None:
    """What a correction did, or would do: the pairs as they are then, what is taken back, and what stays for a person."""
    _effects(call, view, call.say("round.corrected", counts=_counts(call, view["actions"])))
    if view["dry_run"]:
        call.hint("round.correction-rehearsed", count=view["confirm"], **taken_back(view))
    elif applied.written:
        call.hint("round.correction-applied", round=view["round"], count=view["confirm"], **taken_back(view))
    else:
        call.hint("round.nothing-new", round=view["round"])


def print_undone(call: Call, view: AppliedView, applied: Applied) -> None:
    """What taking a round back did, or would do: the results that go, what goes with them, and what stays for a person."""
    if applied.round.undone_at is not None:
        call.hint("round.undone-before", round=view["round"])
        return
    if view["asks"] and not view["dry_run"]:
        call.hint("round.undo-asked", round=view["round"])
        return
    _effects(call, view, call.say("round.taken-back", counts=_counts(call, view["actions"]) or "—"))
    if view["asks"]:
        call.hint("round.undo-asks", round=view["round"])
    call.hint("round.undo-rehearsed" if view["dry_run"] else "round.undo-applied", round=view["round"], **taken_back(view))


def _effects(call: Call, view: AppliedView, counts: str) -> None:
    if not call.terminal.out:
        call.lines(tsv([*_fields(view)]))
        return
    call.lines(_pairs(call, view["pairs"]))
    said = [call.say("round.problem", row=problem["row"] or "—", message=problem["message"]) for problem in view["problems"]]
    said += [call.say("round.reversal", number=item["ticket"], what=item["message"]) for item in view.get("reversals", ())]
    said += [call.say("round.stays", number=item["ticket"], reason=item["message"]) for item in view.get("stays", ())]
    call.lines(call.terminal.wrapped([*said, counts]))


def _fields(view: AppliedView) -> Iterator[Sequence[object]]:
    """What a program reads without `--json`, in the same codes: lines of which the first field says what they are about."""
    yield "dry-run" if view["dry_run"] else "applied", view["round"]
    for pair in view["pairs"]:
        yield "pair", *_of_pair(pair)
    for problem in view["problems"]:
        yield "problem", problem["row"], problem["code"], problem["message"]
    for reversal in view.get("reversals", ()):
        yield "reversal", reversal["ticket"], reversal["how"], reversal["message"]
    for stays in view.get("stays", ()):
        yield "stays", stays["ticket"], stays["why"], stays["message"]
    for name in ACTIONS:
        if view["actions"].get(name):
            yield "action", name, view["actions"][name]


def _of_pair(pair: PairView) -> Sequence[object]:
    return pair["target"], pair["subject"], pair["value"], pair["result"], pair["action"], pair["ticket"]


def print_board(call: Call, view: BoardView) -> None:
    """The board: a line a target and subject, a column a round."""
    phrase = call.phrase()
    if not call.terminal.out:
        call.lines(tsv([
            [row["target"], row["subject"], cell["round"], cell["value"], cell["result"], cell["gap"], row["light"], row["ticket"]]
            for row in view["rows"] for cell in row["cells"]
        ]))
        return
    columns = [
        Column(call.say("field.lamp"), whole=True), Column(call.say("column.standards"), least=TITLE_LEAST),
        Column(call.say("field.subject"), least=4), Column(call.say("field.demand"), whole=True, spare=2),
        *(Column(number, whole=True, right=True, spare=place + 2 if place else 0) for place, number in _oldest_give_in(view["rounds"])),
        Column(call.say("field.gap"), whole=True, right=True, spare=1),
        Column(call.say("field.number"), whole=True, brief=1, brief_title="#"),
    ]
    year = _year(call)
    rows: list[list[Cell | str]] = []
    for row in view["rows"]:
        values = {cell["round"]: _value(call, cell) for cell in row["cells"]}
        lamp = Cell(f"{SIGNS[row['light']]} {call.say('light.' + row['light'])}", (row["light"],)) if row["light"] else ""
        gap = next((cell["gap"] for cell in reversed(row["cells"]) if cell["gap"] is not None), None)
        rows.append([
            lamp, f"{row['target']} {row['name']}", phrase.unit(row["subject"]), phrase.demand(row["demand"]),
            *(values.get(number, "") for number in view["rounds"]), gap if gap and gap != "0" else "",
            _number(row["ticket"], year),
        ])
    lines = table(columns, rows, call.terminal) if rows else []
    call.lines(lines)
    for code in ("board.legend", "board.lights") if rows else ("hint.board-none",):
        call.hint(code)
    if left_out := [number for number in view["rounds"] if lines and number not in lines[0]]:
        call.hint("board.cut", rounds=call.say("list.comma").join(left_out))


def _oldest_give_in(rounds: Sequence[str]) -> list[tuple[int, str]]:
    """The rounds in their order, each with how many came after it."""
    return [(len(rounds) - 1 - index, number) for index, number in enumerate(rounds)]


def _pairs(call: Call, shown: Sequence[PairView]) -> list[str]:
    phrase = call.phrase()
    if not call.terminal.out:
        return tsv([_of_pair(pair) for pair in shown])
    if not shown:
        return []
    columns = [
        Column(call.say("column.standards"), whole=True), Column(call.say("field.subject"), least=8),
        Column(call.say("field.value"), whole=True, right=True, spare=1), Column(call.say("field.result"), whole=True, spare=2),
        Column(call.say("field.action"), whole=True), Column(call.say("field.number"), whole=True, brief=3, brief_title="#"),
    ]
    year = _year(call)
    rows: list[list[Cell | str]] = [
        [
            pair["target"], phrase.unit(pair["subject"]), pair["value"] or "—", call.say(f"result.{pair['result']}"),
            call.say(f"action.{pair['action']}"), _number(pair["ticket"], year),
        ] for pair in shown
    ]
    return table(columns, rows, call.terminal)


def _year(call: Call) -> int:
    return call.app.desk.rules.calendar().local_day(call.app.desk.clock.now()).year


def _number(number: str | None, year: int) -> Cell:
    """The number of a ticket, where it has one, and its short form."""
    return Cell(number or "", brief=short_number(number, year) if number else "")


def _counts(call: Call, actions: dict[str, int]) -> str:
    return call.say("list.comma").join(
        call.say("round.action", action=call.say(f"action.{name}"), count=actions[name]) for name in ACTIONS if actions.get(name)
    )


def _value(call: Call, cell: CellView) -> str:
    """A cell of the board: the number, how it went since the last round or that it cannot be compared with it, and a mark where it is a
    miss.
    """
    value = cell["value"] and call.say(f"board.{cell['by'] if cell['by'] in (RATE, SCORE) else VALUE}", value=cell["value"])
    mark = "✗" if cell["result"] == "miss" else ""
    sign = ARROWS.get(cell["trend"] or "", "") if cell["comparable"] else NOT_COMPARABLE
    return f"{value or call.say('result.' + cell['result'])}{sign}{mark}"
