"""`zg workflow`: which procedures there are, what they say, whether a file is sound, a drawing, and putting another version in force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from engine.app import shipped
from engine.cli.call import Call
from engine.cli.complete import complete_workflow
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.migrating import migrate
from engine.cli.path import FilePath
from engine.cli.table import Column, pairs, table, tsv
from engine.cli.terminal import clean
from engine.errors import NoDatabase, WorkflowNotFound
from engine.registry.workflow_file import InvalidWorkflow, examine
from engine.registry.workflow_file import load as read_workflow
from engine.rules.definition import Definition
from engine.rules.definition.model import SHORT_HASH
from engine.rules.drawing import in_order, mermaid, triggers_in_order
from engine.views.workflow import compared_view, difference_lines, loaded_view, workflow_view
from engine.words.problem import problem_line


def _file() -> click.Argument:
    return argument("file", metavar="FILE", type=FilePath(path_type=Path))


def definition_of(call: Call, name: str) -> Definition:
    """The workflow of a name: the one in force, or without a database the shipped one. Raises WorkflowNotFound."""
    try:
        return call.app.desk.rules.current(name)
    except NoDatabase:
        files = {path.stem: path for path in shipped.workflow_files()}
        if name not in files:
            raise WorkflowNotFound(name=name, known=[read_workflow(files[known]) for known in sorted(files)]) from None
        return read_workflow(files[name])


@verb("workflow.list", option("--json", "as_json", is_flag=True))
def list_(call: Call, as_json: bool) -> int:
    rules = call.app.desk.rules
    found = [rules.current(name) for name in rules.names()]
    if call.json:
        for item in found:
            call.dump(workflow_view(item))
        return 0
    rows = [
        [item.name, item.title.in_language(call.language), str(len(item.states)), str(len(item.triggers)), item.hash[:SHORT_HASH]]
        for item in found
    ]
    if not call.terminal.out:
        call.lines(tsv([[item.name, item.hash] for item in found]))
        return 0
    columns = [
        Column(call.say("field.workflow"), whole=True), Column(call.say("field.title")),
        Column(call.say("field.states"), whole=True, right=True), Column(call.say("field.triggers"), whole=True, right=True),
        Column(call.say("field.hash"), whole=True),
    ]
    call.lines(table(columns, rows, call.terminal))
    return 0


@verb("workflow.show", argument("name", metavar="NAME", shell_complete=complete_workflow), option("--json", "as_json", is_flag=True))
def show(call: Call, name: str, as_json: bool) -> int:
    found = definition_of(call, name)
    if call.json:
        call.out(found.to_json())
        return 0
    call.lines(_pages(call, found))
    return 0


@verb("workflow.check", _file(), option("--json", "as_json", is_flag=True))
def check(call: Call, file: Path, as_json: bool) -> int:
    found, problems = examine(file)
    if call.json:
        call.dump({
            "file": str(file), "sound": not problems,
            "problems": [
                {"code": item.code, "line": item.line, "message": problem_line(item, call.language), "values": item.values}
                for item in problems
            ],
        })
        return 0 if not problems else InvalidWorkflow.exit
    if problems or found is None:
        raise InvalidWorkflow(problems, str(file))
    call.out(call.say(
        "workflow.sound", file=str(file), states=len(found.states), triggers=len(found.triggers), hash=found.hash[:SHORT_HASH],
    ))
    return 0


@verb("workflow.draw", argument("name", metavar="NAME", shell_complete=complete_workflow))
def draw(call: Call, name: str) -> int:
    found = definition_of(call, name) if not name.endswith((".yaml", ".yml")) else read_workflow(Path(name))
    call.out(clean(mermaid(found, call.language, call.phrase(found).amount), lines=True))
    return 0


@verb("workflow.load", _file(), option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True))
def load(call: Call, file: Path, dry_run: bool, as_json: bool) -> int:
    app = call.app
    done = app.registry.load_workflow(app.actor, file, dry_run=dry_run)
    found, before = done.definition, done.before
    if call.json:
        call.dump(loaded_view(found, before, done.event, dry_run=dry_run))
        return 0
    if done.event is None:
        call.out(clean(call.say("workflow.load-same", name=found.name, hash=found.hash[:SHORT_HASH])))
        return 0
    call.lines(_differences(call, found, before))
    code = "workflow.load-rehearsed" if dry_run else "workflow.loaded"
    call.hint(code, name=found.name, hash=found.hash[:SHORT_HASH])
    if dry_run:
        from engine.cli.log import event_lines  # `workflow list` and `workflow show` do without

        call.lines(event_lines(call, done.event, call.phrase()))
    return 0


@verb("workflow.diff", argument("before", metavar="A"), argument("after", metavar="B"), option("--json", "as_json", is_flag=True))
def diff(call: Call, before: str, after: str, as_json: bool) -> int:
    old, new = version_of(call, before), version_of(call, after)
    if call.json:
        call.dump(compared_view(old, new))
        return 0
    lines = difference_lines(old, new, call.phrase(old), call.phrase(new))
    names = {"old": old.name, "new": new.name, "old_hash": old.hash[:SHORT_HASH], "new_hash": new.hash[:SHORT_HASH]}
    call.out(clean(call.say("workflow.diff" if lines else "workflow.diff-same", count=len(lines), **names)))
    call.lines(f"  {clean(line)}" for line in lines)
    return 0


def version_of(call: Call, text: str) -> Definition:
    """A version by a file, by the name of its workflow, or by the digits its hash begins with. Raises NotFound, InvalidWorkflow."""
    if text.endswith((".yaml", ".yml")) or "/" in text:
        return read_workflow(Path(text))
    from engine.registry.versions import Versions  # `workflow list` and `workflow show` do without

    try:
        return Versions(call.app.desk).find(text)
    except NoDatabase:
        return definition_of(call, text)


def _differences(call: Call, found: Definition, before: Definition | None) -> Iterable[str]:
    """The differences between two versions, line by line; of a workflow that is new, its size."""
    if before is None:
        yield clean(call.say(
            "workflow.load-first", name=found.name, states=len(found.states), triggers=len(found.triggers), clocks=len(found.clocks),
        ))
        return
    lines = difference_lines(before, found, call.phrase(before), call.phrase(found))
    yield call.say("workflow.load-against", hash=before.hash[:SHORT_HASH], count=len(lines))
    yield from (f"  {clean(line)}" for line in lines)


def _pages(call: Call, found: Definition) -> list[str]:
    """The whole workflow in words: rules it follows, states, triggers, clocks with their ladders."""
    language, phrase = call.language, call.phrase(found)
    lines = [call.terminal.paint(f"{found.name}  {found.title.in_language(language)}", "bold")]
    lines += [f"  {clean(rule)}" for rule in found.rule]
    lines += ["", call.say("field.states")]
    states = [
        (f"  {item.name}", f"{phrase.state(item.name)}{_turn(call, item.turn)}") for item in in_order(found)
    ]
    lines += [*pairs(states, call.terminal), "", call.say("field.clocks")]
    lines += pairs([(f"  {item.name}", _clock(call, found, item.name)) for item in found.clocks.values()], call.terminal)
    lines += ["", call.say("field.triggers")]
    names = [trigger.name for trigger in triggers_in_order(found)]
    triggers = [(f"  {name}", f"{phrase.trigger(name)}  {_way(call, found, name)}  {_by(call, found, name)}") for name in names]
    return lines + pairs(triggers, call.terminal)


def _by(call: Call, found: Definition, name: str) -> str:
    phrase = call.phrase(found)
    return call.say("can.by", by=phrase.several(phrase.label("who", who) for who in found.triggers[name].by))


def _turn(call: Call, turn: str | None) -> str:
    return f"  {call.say('who.' + turn)}" if turn else ""


def _clock(call: Call, found: Definition, name: str) -> str:
    clock, phrase = found.clocks[name], call.phrase(found)
    amounts = phrase.several(
        f"{phrase.grade(grade)} {phrase.amount(amount)}".strip() for grade, amount in clock.amount.items()
    )
    rungs = phrase.several(
        f"{rung.title.in_language(call.language)}({phrase.several(_offset(at) for at in dict.fromkeys(rung.at.values()))})"
        for rung in found.ladders[clock.ladder].rungs
    )
    return f"{phrase.clock(name)}  {phrase.label('who', clock.of)}  {amounts}  {rungs}"


def _offset(at: int) -> str:
    return f"{at:+d}" if at else "0"


def _way(call: Call, found: Definition, name: str) -> str:
    trigger, phrase = found.triggers[name], call.phrase(found)
    sources = call.say("workflow.anywhere") if len(trigger.sources) == len(found.states) else phrase.several(
        phrase.state(state) for state in trigger.sources
    )
    targets = phrase.several(phrase.state(state) for state in trigger.back) or (phrase.state(trigger.target) if trigger.target else "")
    return f"{sources} → {targets}" if targets else sources


workflow = Noun("workflow", (list_, show, check, draw, load, diff, migrate))
