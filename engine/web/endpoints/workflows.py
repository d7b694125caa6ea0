"""Workflows: those in force, and another version: sent in, checked, compared, put in force."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from starlette.responses import Response

from engine.desk import uploads
from engine.desk.uploads import Upload
from engine.errors import Problem, UsageError
from engine.registry.workflow_file import examine
from engine.rules.definition import Definition
from engine.rules.drawing import in_order, triggers_in_order
from engine.views.administration import WorkflowList, WorkflowUpload
from engine.views.workflow import difference_lines
from engine.web.attempt import FILE, attempted
from engine.web.context import Context
from engine.web.page import page
from engine.web.texts import Speech

SENT = {FILE: "page.imports.file"}


def index(context: Context) -> Response:
    return page(context, "workflows/index", _list(context), form=context.query)


def show(context: Context) -> Response:
    """A workflow as it is in force: its states, and which act leads where."""
    definition = context.record.desk.rules.current(context.asked.params["workflow"])
    return page(context, "workflows/show", (definition, in_order(definition), triggers_in_order(definition)), form=context.query)


def send(context: Context) -> Response:
    """Keeps the file that was sent in, and shows what it comes to."""
    def sent() -> str:
        return f"/workflows/sent/{kept(context).token}"

    return attempted(context, sent, "workflows/index", lambda: _list(context), SENT)


def look(context: Context) -> Response:
    """What is wrong with it, or how it differs from the version in force."""
    return page(context, "workflows/diff", _compared(context), form=context.query)


def load(context: Context) -> Response:
    """Puts it in force for what is opened from now on."""
    def loaded() -> str:
        done = context.record.registry.load_workflow(context.who, sent_file(context))
        return f"/workflows/{done.definition.name}?done=loaded"

    return attempted(context, loaded, "workflows/diff", lambda: _compared(context))


def _list(context: Context) -> WorkflowList:
    rules = context.record.desk.rules
    return WorkflowList(tuple(rules.current(name) for name in rules.names()))


def _compared(context: Context) -> WorkflowUpload:
    sent = examined(context)
    token, definition, before, speech = context.asked.params["upload"], sent.definition, sent.before, Speech(context)
    if definition is None or before is None:
        return WorkflowUpload(token, sent.file, definition, None, sent.problems, (), same=False)
    lines = difference_lines(before, definition, speech.phrase(before), speech.phrase(definition))
    return WorkflowUpload(token, sent.file, definition, before, (), tuple(lines), same=before.hash == definition.hash)


class Examined(NamedTuple):
    """A file of a workflow that was sent in: its definition, or what is wrong with it; `before` is the version in force (None: the first of
    its name).
    """

    file: str
    definition: Definition | None
    before: Definition | None
    problems: tuple[Problem, ...]


def examined(context: Context) -> Examined:
    """The file that was sent in, beside the version in force. Raises NotFound."""
    path, rules = sent_file(context), context.record.desk.rules
    definition, problems = examine(path)
    if definition is None or problems:
        return Examined(path.name, None, None, tuple(problems))
    return Examined(path.name, definition, rules.current(definition.name) if definition.name in rules.names() else None, ())


def kept(context: Context) -> Upload:
    """Keeps the file that was sent in. Raises UsageError where it is not one."""
    if len(context.form.files) != 1:
        raise UsageError(reason="import-no-file")
    return uploads.keep(context.record.database, context.who, [(file.path, file.name) for file in context.form.files])


def sent_file(context: Context) -> Path:
    """The file that was sent in. Raises NotFound."""
    return uploads.kept(context.record.database, context.who, context.asked.params["upload"]).files[0]
