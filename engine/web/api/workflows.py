"""Workflows, for programs: those in force, and another version: sent in, checked and compared, put in force."""

from __future__ import annotations

from typing import TypedDict

from starlette.responses import Response

from engine.views.api import FaultView, WorkflowsView
from engine.views.workflow import DifferenceView, LoadedView, WorkflowView, compared_view, loaded_view, workflow_view
from engine.web.api.answer import CREATED, answer, sent
from engine.web.context import Context
from engine.web.endpoints.workflows import examined, kept, sent_file
from engine.web.problem import fault_line


class SentView(TypedDict):
    """What was sent in, by the name under which it is kept for a day."""

    upload: str


class LookedAtView(TypedDict):
    """A file of a workflow: what is wrong with it, or how it differs from the version in force (`before`; none: the first of its name)."""

    file: str
    workflow: WorkflowView | None
    before: WorkflowView | None
    faults: list[FaultView]
    differences: list[DifferenceView]


def index(context: Context) -> Response:
    """The workflows that new tickets can have."""
    rules = context.record.desk.rules
    view: WorkflowsView = {"workflows": [workflow_view(rules.current(name)) for name in rules.names()]}
    return answer(context.asked, view)


def one(context: Context) -> Response:
    """The version of a workflow that new tickets get."""
    return answer(context.asked, workflow_view(context.record.desk.rules.current(context.asked.params["workflow"])))


def send(context: Context) -> Response:
    """Keeps a file of a workflow for a day, to be looked at and put in force; nothing is changed yet."""
    view: SentView = {"upload": kept(sent(context)).token}
    return answer(context.asked, view, status=CREATED)


def look(context: Context) -> Response:
    """What is wrong with a file that was sent in, or how it differs from the version in force."""
    found = examined(context)
    definition, before = found.definition, found.before
    view: LookedAtView = {
        "file": found.file, "workflow": workflow_view(definition) if definition is not None else None,
        "before": workflow_view(before) if before is not None else None,
        "faults": [
            {"code": item.code, "where": item.where, "message": fault_line(item, context.language)} for item in found.problems
        ],
        "differences": compared_view(before, definition)["differences"] if before is not None and definition is not None else [],
    }
    return answer(context.asked, view)


def load(context: Context) -> Response:
    """Puts a file that was sent in in force, for what is opened from now on."""
    done = context.record.registry.load_workflow(context.who, sent_file(sent(context)))
    view: LoadedView = loaded_view(done.definition, done.before, done.event, dry_run=False)
    return answer(context.asked, view)
