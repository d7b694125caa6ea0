"""`--json=number,light`: some fields of the JSON that a command prints. Which there are is known before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module

from engine.errors import UsageError

TICKET = "engine.views.ticket:TicketView"
WRITTEN = (TICKET, "dry_run", "events", "ticket", "remarks", "warnings")
"""What a write prints: the ticket after it, or with `--dry-run` its events."""

BATCH_WRITTEN = ("engine.views.batch:BatchView", "dry_run", "events", "batch")
"""What a write to a batch prints."""

VISIT_WRITTEN = ("engine.views.visit:VisitView", "dry_run", "events", "visit")
"""What a write to a visit prints."""

FEEDBACK = "engine.views.feedback:FeedbackView"
"""What a complaint or review prints."""

FIELDS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys((
        "assign", "accept", "decline", "sign-off", "object", "endorse", "send-back", "submit", "verify", "reject", "withdraw",
        "suspend", "resume", "request-extension", "grant", "refuse", "reopen", "reassign", "amend", "issue", "waive", "comment",
        "progress", "urge", "instruct", "report-back", "review", "link", "unlink", "do", "consent", "reinstate",
    ), WRITTEN),
    "open": (*WRITTEN, "similar"),
    **dict.fromkeys(("visit.finding", "visit.recheck"), WRITTEN),
    "list": (TICKET, "tickets", "unit", "letter", "rung", "on", "key"),
    "view.list": ("name", "audience", "wishes", "saved_by"),
    "today": ("engine.views.today:TodayView",),
    "count": ("engine.views.figures:FiguresView",),
    "show": ("engine.views.ticket:ShownView",),
    "log": ("engine.views.event:EventView", "number"),
    "why": ("engine.views.clocks:WhyView",),
    "can": ("engine.views.verdicts:VerdictsView", "engine.views.verdicts:VerdictView"),
    "unit.list": ("engine.views.people:UnitView",),
    "unit.show": ("engine.views.people:UnitView", "names", "accounts"),
    "batch.list": ("engine.views.batch:BatchView",),
    "batch.show": ("engine.views.batch:BatchView", "members"),
    "batch.new": BATCH_WRITTEN,
    "batch.close": BATCH_WRITTEN,
    "visit.list": ("engine.views.visit:VisitView",),
    "visit.show": ("engine.views.visit:VisitView", "members", "rechecked"),
    **dict.fromkeys(("visit.new", "visit.consent", "visit.close"), VISIT_WRITTEN),
    "feedback.receive": ("engine.office.complaints.shown:IntakeView",),
    "feedback.list": (FEEDBACK,),
    "feedback.show": (FEEDBACK,),
    "feedback.link": ("engine.views.feedback:LinkView",),
    **dict.fromkeys(("feedback.answer", "feedback.decide"), (FEEDBACK, "dry_run", "events", "feedback")),
    "feedback.outcomes": ("engine.office.complaints.outbound:OutcomeLine",),
    "feedback.reconcile": ("engine.office.complaints.outbound:Difference",),
    "report.reviews": ("engine.views.reviews:ProofView",),
    "user.list": ("engine.views.people:AccountView",),
    "user.show": ("engine.views.people:AccountView",),
    "notices": ("id", "at", "read_at", "number", "seq", "kind", "code", "text", "title", "due_at"),
    "sweep": (
        "number", "seq", "clock", "epoch", "rung", "level", "act", "scheduled_for", "at", "unit", "recipients", "letter",
    ),
    "whoami": ("account", "title", "role", "unit", "unit_name", "stands_for", "via", "office", "sandbox"),
}
"""The fields of a command's JSON: names, and views (`module:class`) that have the names. Any other command gives its JSON whole."""


def fields_named(argument: str) -> tuple[str, ...]:
    """The fields of `--json=a,b`, each once, in the order in which they were named."""
    return tuple(dict.fromkeys(name.strip() for name in argument.split(",")))


def check_fields(command: str, wanted: Collection[str], path: str) -> None:
    """Raises UsageError where the command has no such field, with those it has. `path` is how the command is called."""
    known = _known(FIELDS.get(command, ()))
    if not known:
        raise UsageError(reason="usage-no-fields", command=path)
    if unknown := [name for name in wanted if name not in known]:
        raise UsageError(reason="usage-field", unknown=unknown, known=known, command=path)


def _known(named: Sequence[str]) -> list[str]:
    found: list[str] = []
    for item in named:
        module, colon, name = item.partition(":")
        found += getattr(import_module(module), name).__annotations__ if colon else [item]
    return list(dict.fromkeys(found))
