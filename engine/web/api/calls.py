"""The part of the site map that programs use: every call of the API, what answers it, and who is asked for (`web.routes` has the pages)."""

from __future__ import annotations

from engine.app.access_log import EXPORTED, SEARCHED, VIEWED
from engine.desk.wishes import Wishes
from engine.views.api import AboutView, DoneView, ItemsView, LogView, TicketsView, UnitsView, WorkflowsView
from engine.views.batch import BatchView
from engine.views.clocks import WhyView
from engine.views.figures import FiguresView
from engine.views.round import AppliedView, BoardView, RoundView
from engine.views.ticket import ShownView
from engine.views.today import SectionView, TodayView
from engine.views.verdicts import VerdictsView
from engine.views.visit import VisitView
from engine.views.workflow import LoadedView, WorkflowView
from engine.web.api import (
    accounts,
    amending,
    batches,
    calendars,
    doctor,
    entries,
    feedback,
    imports,
    ledger,
    listing,
    monitoring,
    notices,
    others,
    queues,
    rounds,
    several,
    tickets,
    units,
    visits,
    workflows,
)
from engine.web.api.answer import CREATED
from engine.web.api.said import Nothing, Said
from engine.web.endpoints import files
from engine.web.endpoints.entries import may_enter
from engine.web.endpoints.rounds import tasklist
from engine.web.row import Row
from engine.web.rule import (
    ADMINISTERS,
    BRINGS,
    EVALUATES,
    KEEPS_ACCOUNTS,
    OPENS,
    OWN,
    READS,
    READS_FEEDBACK,
    READS_LEDGER,
    SEEN,
    SEPARATES,
    VISITS,
    WATCHES,
)

V1 = "/api/v1"
BATCHES, GOING, ROUNDS = f"{V1}/batches", f"{V1}/visits", f"{V1}/rounds"
SENT, UNITS, ACCOUNTS, PERSON, FLOWS = (
    f"{V1}/imports/{{upload}}", f"{V1}/units", f"{V1}/accounts", f"{V1}/accounts/{{account}}", f"{V1}/workflows",
)
NO, ONE = f"{V1}/tickets/{{number}}", f"{V1}/tickets/{{number}}/{{trigger}}"

API: tuple[Row, ...] = (
    Row("GET", f"{V1}/me", others.me, OWN, said=Said(AboutView)),
    Row("GET", f"{V1}/today", others.today, OWN, said=Said(TodayView)),
    Row("GET", f"{V1}/tickets", tickets.index, SEEN, logged=SEARCHED, said=Said(
        TicketsView, query=(Wishes, tickets.Order, listing.Paging),
    )),
    Row("POST", f"{V1}/tickets", tickets.open_, OPENS, said=Said(DoneView, CREATED, body=tickets.Opened, files=True, others=(200,))),
    Row("POST", f"{V1}/acts", several.several, SEEN, said=Said(
        ItemsView, body=several.Several, files=True, others=(several.MULTI_STATUS,),
    )),
    Row("GET", NO, tickets.one, SEEN, logged=VIEWED, said=Said(ShownView, query=(tickets.Moment,), conditional=True)),
    Row("GET", f"{NO}/can", tickets.can, SEEN, said=Said(VerdictsView, conditional=True)),
    Row("GET", f"{NO}/why", tickets.why, SEEN, said=Said(WhyView)),
    Row("GET", f"{NO}/log", tickets.log, SEEN, logged=VIEWED, said=Said(LogView)),
    Row("GET", f"{NO}/files", files.every, SEEN, logged=EXPORTED, said=Said(bytes)),
    Row("GET", f"{NO}/files/{{sha256}}", files.download, SEEN, logged=VIEWED, said=Said(bytes)),
    Row("POST", f"{NO}/amend", amending.amend, SEEN, said=Said(DoneView, body=amending.Amended, conditional=True)),
    Row("POST", f"{NO}/link", amending.link, SEEN, said=Said(DoneView, body=amending.Linked)),
    Row("POST", f"{NO}/unlink", amending.unlink, SEEN, said=Said(DoneView, body=amending.Unlinked)),
    Row("POST", ONE, tickets.act, SEEN, tickets.may_try, Said(DoneView, body=tickets.Given, files=True, conditional=True)),
    Row("POST", f"{ONE}/entry", entries.enter, SEEN, may_enter, Said(
        DoneView, body=tickets.Given, files=True, conditional=True,
    )),
    Row("GET", BATCHES, batches.index, SEEN, said=Said(batches.BatchesView, query=(listing.Closed,))),
    Row("POST", BATCHES, batches.receive, OPENS, said=Said(BatchView, CREATED, body=batches.Received, files=True)),
    Row("GET", f"{BATCHES}/{{batch}}", batches.one, SEEN, said=Said(batches.BatchShownView)),
    Row("POST", f"{BATCHES}/{{batch}}/close", batches.close, SEEN, said=Said(BatchView, body=Nothing)),
    Row("GET", GOING, visits.index, SEEN, said=Said(visits.VisitsView, query=(listing.Closed,))),
    Row("POST", GOING, visits.begin, VISITS, said=Said(VisitView, CREATED, body=visits.Begun)),
    Row("GET", f"{GOING}/{{visit}}", visits.one, SEEN, said=Said(visits.VisitShownView)),
    Row("POST", f"{GOING}/{{visit}}/findings", visits.enter, VISITS, said=Said(
        DoneView, CREATED, body=visits.Found, files=True,
    )),
    Row("POST", f"{GOING}/{{visit}}/recheck", visits.recheck, VISITS, said=Said(VisitView, body=visits.RatedAgain, files=True)),
    Row("POST", f"{GOING}/{{visit}}/consent", visits.consent, SEEN, said=Said(VisitView, body=Nothing)),
    Row("POST", f"{GOING}/{{visit}}/close", visits.close, SEEN, said=Said(VisitView, body=Nothing)),
    Row("GET", f"{GOING}/{{visit}}/assign", visits.suggestions, SEEN, said=Said(visits.SuggestionsView)),
    Row("POST", f"{GOING}/{{visit}}/assign", visits.assign, VISITS, said=Said(
        ItemsView, body=Nothing, others=(several.MULTI_STATUS,),
    )),
    Row("GET", ROUNDS, rounds.index, SEEN, said=Said(rounds.RoundsView, query=(listing.Closed,))),
    Row("POST", ROUNDS, rounds.start, EVALUATES, said=Said(RoundView, CREATED, body=rounds.Started)),
    Row("GET", f"{ROUNDS}/{{round}}", rounds.one, SEEN, said=Said(rounds.RoundShownView)),
    Row("GET", f"{ROUNDS}/{{round}}/tasks", tasklist, SEEN, logged=EXPORTED, said=Said(bytes)),
    Row("POST", f"{ROUNDS}/{{round}}/verify", rounds.verify, EVALUATES, said=Said(
        ItemsView, body=rounds.Narrowed, others=(several.MULTI_STATUS,),
    )),
    Row("POST", f"{ROUNDS}/{{round}}/reopen", rounds.reopen, EVALUATES, said=Said(
        ItemsView, body=rounds.Narrowed, others=(several.MULTI_STATUS,),
    )),
    Row("POST", f"{ROUNDS}/{{round}}/object", rounds.object_, EVALUATES, said=Said(RoundView, body=rounds.Objected, files=True)),
    Row("POST", f"{ROUNDS}/{{round}}/decide", rounds.decide, EVALUATES, said=Said(RoundView, body=rounds.Decided)),
    Row("POST", f"{ROUNDS}/{{round}}/close", rounds.close, EVALUATES, said=Said(RoundView, body=rounds.Ended)),
    Row("POST", f"{ROUNDS}/{{round}}/undo", rounds.undo, EVALUATES, said=Said(AppliedView, body=rounds.TakenBack)),
    Row("GET", f"{V1}/board", rounds.board, SEEN, said=Said(BoardView, query=(rounds.Scheme,))),
    Row("POST", f"{V1}/feedback/{{source}}", feedback.receive, BRINGS, said=Said(
        feedback.TakenInView, body=feedback.Messages, others=(several.MULTI_STATUS,),
    )),
    Row("GET", f"{V1}/feedback/{{source}}/outcomes", feedback.told, READS_FEEDBACK, said=Said(
        feedback.OutcomesView, query=(listing.Paging,),
    )),
    Row("POST", f"{V1}/monitoring/{{source}}", monitoring.receive, BRINGS, said=Said(
        monitoring.BroughtInView, body=monitoring.Found, others=(several.MULTI_STATUS,),
    )),
    Row("GET", f"{V1}/counts", others.counts, SEEN, said=Said(FiguresView, query=(Wishes, others.Parted))),
    Row("GET", f"{V1}/decisions", queues.decisions, OPENS, said=Said(SectionView)),
    Row("GET", f"{V1}/queues/{{queue}}", queues.one, SEEN, said=Said(queues.QueueView)),
    Row("POST", f"{V1}/export", ledger.export, READS_LEDGER, logged=EXPORTED, said=Said(bytes, body=ledger.Exported)),
    Row("GET", f"{V1}/views", ledger.views, READS_LEDGER, said=Said(ledger.KeptsView)),
    Row("POST", f"{V1}/views", ledger.save, READS_LEDGER, said=Said(ledger.KeptsView, body=ledger.Kept)),
    Row("POST", f"{V1}/views/remove", ledger.remove, READS_LEDGER, said=Said(ledger.KeptsView, body=ledger.Dropped)),
    Row("POST", f"{V1}/imports", imports.send, OPENS, said=Said(imports.SentView, CREATED, body=Nothing, files=True)),
    Row("POST", f"{SENT}/preview", imports.preview, OPENS, said=Said(imports.LookedAtView, body=imports.Understood)),
    Row("POST", SENT, imports.enter, OPENS, said=Said(imports.LookedAtView, body=imports.Understood)),
    Row("POST", f"{SENT}/annotated", imports.annotated, OPENS, said=Said(bytes, body=imports.Understood)),
    # administration
    Row("GET", UNITS, units.index, SEEN, said=Said(UnitsView, query=(units.Ended,))),
    Row("POST", UNITS, units.add, ADMINISTERS, said=Said(units.UnitShownView, CREATED, body=units.NewUnit)),
    Row("GET", f"{UNITS}/{{unit}}", units.one, SEEN, said=Said(units.UnitShownView)),
    Row("POST", f"{UNITS}/{{unit}}/rename", units.rename, ADMINISTERS, said=Said(units.UnitShownView, body=units.Renamed)),
    Row("GET", ACCOUNTS, accounts.index, KEEPS_ACCOUNTS, said=Said(accounts.AccountsView, query=(accounts.EndedToo,))),
    Row("POST", ACCOUNTS, accounts.add, KEEPS_ACCOUNTS, said=Said(accounts.AccountShownView, CREATED, body=accounts.NewAccount)),
    Row("POST", f"{ACCOUNTS}/separate", accounts.separate, SEPARATES, said=Said(accounts.SeparatedView, body=Nothing)),
    Row("GET", PERSON, accounts.one, KEEPS_ACCOUNTS, said=Said(accounts.AccountShownView)),
    Row("POST", f"{PERSON}/invite", accounts.invite, KEEPS_ACCOUNTS, said=Said(accounts.LinkView, body=Nothing, secret=True)),
    Row("POST", f"{PERSON}/suspend", accounts.suspend, KEEPS_ACCOUNTS, said=Said(
        accounts.AccountShownView, body=accounts.Suspended,
    )),
    Row("POST", f"{PERSON}/enable", accounts.enable, KEEPS_ACCOUNTS, said=Said(accounts.AccountShownView, body=Nothing)),
    Row("POST", f"{PERSON}/stand-in", accounts.stand_in, KEEPS_ACCOUNTS, said=Said(
        accounts.AccountShownView, body=accounts.StandIn,
    )),
    Row("POST", f"{PERSON}/tokens", accounts.token, KEEPS_ACCOUNTS, said=Said(
        accounts.IssuedView, CREATED, body=accounts.NewToken, secret=True,
    )),
    Row("POST", f"{PERSON}/tokens/revoke", accounts.revoke, KEEPS_ACCOUNTS, said=Said(
        accounts.AccountShownView, body=accounts.Revoked,
    )),
    Row("GET", f"{V1}/calendars", calendars.one, READS, said=Said(calendars.CalendarView, query=(calendars.Year,))),
    Row("GET", FLOWS, workflows.index, READS, said=Said(WorkflowsView)),
    Row("POST", FLOWS, workflows.send, ADMINISTERS, said=Said(workflows.SentView, CREATED, body=Nothing, files=True)),
    Row("GET", f"{FLOWS}/sent/{{upload}}", workflows.look, ADMINISTERS, said=Said(workflows.LookedAtView)),
    Row("POST", f"{FLOWS}/sent/{{upload}}", workflows.load, ADMINISTERS, said=Said(LoadedView, body=Nothing)),
    Row("GET", f"{FLOWS}/{{workflow}}", workflows.one, READS, said=Said(WorkflowView)),
    Row("GET", f"{V1}/notices", notices.inbox, OWN, said=Said(notices.NoticesView, query=(listing.Closed,))),
    Row("GET", f"{V1}/notices/outbox", notices.outbox, ADMINISTERS, said=Said(notices.OutboxView, query=(notices.Dead,))),
    Row("POST", f"{V1}/notices/outbox", notices.resend, ADMINISTERS, said=Said(notices.ResentView, body=notices.Resend)),
    Row("GET", f"{V1}/doctor", doctor.one, WATCHES, said=Said(doctor.ExaminedView)),
)
