"""The site map: every address there is, what answers it, and who is asked for. Nothing else registers a route.

GET and POST only: firewalls of office nets drop other methods. The first part of a path names the file in `web.endpoints`, the folder in
`templates` and the file in `words/*/pages`.
"""

from __future__ import annotations

from engine.app.access_log import EXPORTED, SEARCHED, VIEWED
from engine.desk.wishes import Wishes
from engine.views.api import AboutView, DoneView, ItemsView, LogView, TicketsView, UnitsView, WorkflowsView
from engine.views.batch import BatchView
from engine.views.clocks import WhyView
from engine.views.figures import FiguresView
from engine.views.people import UnitView
from engine.views.round import AppliedView, BoardView, RoundView
from engine.views.ticket import ShownView
from engine.views.today import TodayView
from engine.views.verdicts import VerdictsView
from engine.views.visit import VisitView
from engine.views.workflow import WorkflowView
from engine.web.api import amending, feedback, listing, others
from engine.web.api import batches as api_batches
from engine.web.api import rounds as api_rounds
from engine.web.api import tickets as api
from engine.web.api import visits as api_visits
from engine.web.api.openapi import described
from engine.web.api.said import Nothing, Said
from engine.web.endpoints import (
    account,
    accounts,
    answer,
    batches,
    board,
    bulk,
    calendars,
    digest,
    doctor,
    due,
    figures,
    files,
    health,
    imports,
    invite,
    ledger,
    notices,
    oidc,
    onsite,
    paper,
    poll,
    queues,
    rounds,
    screen,
    second,
    sign_in,
    tickets,
    today,
    units,
    visits,
    workflows,
)
from engine.web.row import Row as Row
from engine.web.rule import (
    ADMINISTERS,
    BRINGS,
    EVALUATES,
    OPENS,
    OWN,
    OWN_FIRST,
    PUBLIC,
    READS,
    READS_FEEDBACK,
    SEEN,
    VISITS,
    WATCHES,
    link,
)

PAGES: tuple[Row, ...] = (
    # who
    Row("GET", "/sign-in", sign_in.show, PUBLIC),
    Row("POST", "/sign-in", sign_in.sign_in, PUBLIC),
    Row("GET", "/sign-in/oidc", oidc.go, PUBLIC),
    Row("GET", "/sign-in/oidc/back", oidc.back, PUBLIC),
    Row("GET", "/sign-in/second", second.ask, PUBLIC),
    Row("POST", "/sign-in/second", second.give, PUBLIC),
    Row("GET", "/sign-in/{secret}", sign_in.enter, link("demo")),
    Row("POST", "/sign-out", sign_in.sign_out, OWN_FIRST),
    Row("GET", "/invite/{secret}", invite.show, link("invitation")),
    Row("POST", "/invite/{secret}", invite.accept, link("invitation"), invite.known),
    Row("GET", "/answer/{secret}", answer.show, link("answer")),
    Row("POST", "/answer/{secret}", answer.say, link("answer"), answer.known),
    Row("GET", "/answer", answer.thanks, PUBLIC),
    Row("GET", "/account", account.show, OWN_FIRST),
    Row("POST", "/account/password", account.password, OWN_FIRST),
    Row("POST", "/account/sessions", account.end_session, OWN_FIRST),
    Row("GET", "/account/second", second.show, OWN_FIRST),
    Row("POST", "/account/second", second.enrol, OWN_FIRST),
    Row("POST", "/account/second/end", second.end, OWN_FIRST),
    Row("POST", "/account/look", account.look, PUBLIC),
    # tickets
    Row("GET", "/", today.show, OWN),
    Row("GET", "/queues/{queue}", queues.index, SEEN),
    Row("GET", "/queues/{queue}/{number}", queues.show, SEEN),
    Row("GET", "/bulk", bulk.show, SEEN),
    Row("POST", "/bulk/preview", bulk.preview, SEEN, files=True),
    Row("POST", "/bulk", bulk.do, SEEN, files=True),
    Row("GET", "/ledger", ledger.show, SEEN, logged=SEARCHED),
    Row("POST", "/ledger/export", ledger.export, SEEN, logged=EXPORTED),
    Row("POST", "/ledger/views", ledger.save, SEEN),
    Row("POST", "/ledger/views/remove", ledger.remove, SEEN),
    Row("GET", "/figures", figures.show, SEEN),
    Row("GET", "/due", due.show, SEEN),
    Row("GET", "/digest", digest.show, SEEN),
    Row("GET", "/screen/{secret}", screen.show, link("screen")),
    Row("GET", "/tickets/new", tickets.new, OPENS),
    Row("POST", "/tickets/new", tickets.open_, OPENS),
    Row("GET", "/tickets/{number}", tickets.show, SEEN, logged=VIEWED),
    Row("GET", "/tickets/{number}/{trigger}", tickets.form, SEEN),
    Row("POST", "/tickets/{number}/{trigger}", tickets.act, SEEN, tickets.may_try, files=True),
    # the loop
    Row("GET", "/batches", batches.index, SEEN),
    Row("GET", "/batches/new", batches.new, OPENS),
    Row("POST", "/batches/new", batches.receive, OPENS, files=True),
    Row("GET", "/batches/{batch}", batches.show, SEEN),
    Row("POST", "/batches/{batch}/close", batches.close, SEEN),
    Row("GET", "/visits", visits.index, SEEN),
    Row("GET", "/visits/new", visits.new, VISITS),
    Row("POST", "/visits/new", visits.begin, VISITS),
    Row("GET", "/visits/{visit}", visits.show, SEEN),
    Row("GET", "/visits/{visit}/finding", visits.finding, VISITS),
    Row("POST", "/visits/{visit}/finding", visits.enter, VISITS, files=True),
    Row("POST", "/visits/{visit}/recheck", visits.recheck, VISITS, files=True),
    Row("POST", "/visits/{visit}/consent", visits.consent, SEEN),
    Row("GET", "/visits/{visit}/assign", visits.assign, SEEN),
    Row("POST", "/visits/{visit}/assign", visits.assign_all, VISITS),
    Row("POST", "/visits/{visit}/close", visits.close, SEEN),
    Row("GET", "/rounds", rounds.index, SEEN),
    Row("GET", "/rounds/new", rounds.new, EVALUATES),
    Row("POST", "/rounds/new", rounds.start, EVALUATES),
    Row("GET", "/rounds/{round}", rounds.show, SEEN),
    Row("GET", "/rounds/{round}/tasks", rounds.tasklist, SEEN),
    Row("POST", "/rounds/{round}/verify", rounds.verify, EVALUATES),
    Row("POST", "/rounds/{round}/reopen", rounds.reopen, EVALUATES),
    Row("POST", "/rounds/{round}/object", rounds.object_, EVALUATES, files=True),
    Row("POST", "/rounds/{round}/decide", rounds.decide, EVALUATES),
    Row("POST", "/rounds/{round}/close", rounds.close, EVALUATES),
    Row("GET", "/rounds/{round}/undo", rounds.undo, EVALUATES),
    Row("POST", "/rounds/{round}/undo/preview", rounds.undo_preview, EVALUATES),
    Row("POST", "/rounds/{round}/undo", rounds.take_back, EVALUATES),
    Row("GET", "/imports", imports.new, OPENS),
    Row("POST", "/imports", imports.send, OPENS, files=True),
    Row("GET", "/imports/{upload}", imports.show, OPENS),
    Row("POST", "/imports/{upload}", imports.enter, OPENS),
    Row("POST", "/imports/{upload}/preview", imports.preview, OPENS),
    Row("POST", "/imports/{upload}/annotated", imports.annotated, OPENS),
    Row("GET", "/onsite", onsite.show, VISITS),
    Row("POST", "/onsite", onsite.enter, VISITS, files=True),
    Row("GET", "/onsite/kept", onsite.kept, PUBLIC),
    Row("GET", "/onsite/worker.js", onsite.worker, PUBLIC),
    Row("GET", "/board", board.show, SEEN),
    # administration
    Row("GET", "/units", units.index, SEEN),
    Row("POST", "/units", units.add, ADMINISTERS),
    Row("GET", "/units/{unit}", units.show, SEEN),
    Row("POST", "/units/{unit}/rename", units.rename, ADMINISTERS),
    Row("GET", "/accounts", accounts.index, ADMINISTERS),
    Row("POST", "/accounts", accounts.add, ADMINISTERS),
    Row("GET", "/accounts/{account}", accounts.show, ADMINISTERS),
    Row("POST", "/accounts/{account}/invite", accounts.invite, ADMINISTERS),
    Row("POST", "/accounts/{account}/suspend", accounts.suspend, ADMINISTERS),
    Row("POST", "/accounts/{account}/enable", accounts.enable, ADMINISTERS),
    Row("POST", "/accounts/{account}/stand-in", accounts.stand_in, ADMINISTERS),
    Row("POST", "/accounts/{account}/tokens", accounts.token, ADMINISTERS),
    Row("POST", "/accounts/{account}/tokens/revoke", accounts.revoke, ADMINISTERS),
    Row("GET", "/calendars", calendars.show, READS),
    Row("GET", "/workflows", workflows.index, READS),
    Row("POST", "/workflows", workflows.send, ADMINISTERS, files=True),
    Row("GET", "/workflows/sent/{upload}", workflows.look, ADMINISTERS),
    Row("POST", "/workflows/sent/{upload}", workflows.load, ADMINISTERS),
    Row("GET", "/workflows/{workflow}", workflows.show, READS),
    Row("GET", "/notices", notices.inbox, OWN),
    Row("GET", "/notices/outbox", notices.outbox, ADMINISTERS),
    Row("POST", "/notices/outbox", notices.resend, ADMINISTERS),
    Row("GET", "/doctor", doctor.show, WATCHES),
    # paper and files
    Row("GET", "/paper/{number}", paper.show, SEEN, logged=VIEWED),
    Row("GET", "/paper/{number}/sheet", paper.sheet, SEEN, logged=VIEWED),
    Row("GET", "/files/{number}", files.every, SEEN, logged=EXPORTED),
    Row("GET", "/files/{number}/{sha256}", files.download, SEEN, logged=VIEWED),
    Row("GET", "/files/{number}/{sha256}/picture", files.picture, SEEN, logged=VIEWED),
    # machines
    Row("GET", "/static/{hash}/{name}", health.asset, PUBLIC),
    Row("GET", "/healthz", health.alive, PUBLIC),
    Row("GET", "/readyz", health.ready, PUBLIC),
    Row("GET", "/metrics", health.metrics, WATCHES),
    Row("GET", "/poll", poll.show, OWN, unattended=True),
    Row("GET", "/about", health.about, OWN),
)

V1 = "/api/v1"
BATCHES, GOING, ROUNDS = f"{V1}/batches", f"{V1}/visits", f"{V1}/rounds"
NO, ONE = f"{V1}/tickets/{{number}}", f"{V1}/tickets/{{number}}/{{trigger}}"

API: tuple[Row, ...] = (
    Row("GET", f"{V1}/me", others.me, OWN, said=Said(AboutView)),
    Row("GET", f"{V1}/today", others.today, OWN, said=Said(TodayView)),
    Row("GET", f"{V1}/tickets", api.index, SEEN, logged=SEARCHED, said=Said(TicketsView, query=(Wishes, api.Paging))),
    Row("POST", f"{V1}/tickets", api.open_, OPENS, said=Said(DoneView, api.CREATED, body=api.Opened, others=(200,))),
    Row("POST", f"{V1}/acts", api.several, SEEN, said=Said(ItemsView, body=api.Several, others=(api.MULTI_STATUS,))),
    Row("GET", NO, api.one, SEEN, logged=VIEWED, said=Said(ShownView, query=(api.Moment,), conditional=True)),
    Row("GET", f"{NO}/can", api.can, SEEN, said=Said(VerdictsView, conditional=True)),
    Row("GET", f"{NO}/why", api.why, SEEN, said=Said(WhyView)),
    Row("GET", f"{NO}/log", api.log, SEEN, logged=VIEWED, said=Said(LogView)),
    Row("GET", f"{NO}/files/{{sha256}}", files.download, SEEN, said=Said(bytes)),
    Row("POST", f"{NO}/amend", amending.amend, SEEN, said=Said(DoneView, body=amending.Amended, conditional=True)),
    Row("POST", f"{NO}/link", amending.link, SEEN, said=Said(DoneView, body=amending.Linked)),
    Row("POST", f"{NO}/unlink", amending.unlink, SEEN, said=Said(DoneView, body=amending.Unlinked)),
    Row("POST", ONE, api.act, SEEN, api.may_try, Said(DoneView, body=api.Given, files=True, conditional=True)),
    Row("GET", BATCHES, api_batches.index, SEEN, said=Said(api_batches.BatchesView, query=(listing.Closed,))),
    Row("POST", BATCHES, api_batches.receive, OPENS, said=Said(BatchView, api.CREATED, body=api_batches.Received, files=True)),
    Row("GET", f"{BATCHES}/{{batch}}", api_batches.one, SEEN, said=Said(api_batches.BatchShownView)),
    Row("POST", f"{BATCHES}/{{batch}}/close", api_batches.close, OPENS, said=Said(BatchView, body=Nothing)),
    Row("GET", GOING, api_visits.index, SEEN, said=Said(api_visits.VisitsView, query=(listing.Closed,))),
    Row("POST", GOING, api_visits.begin, VISITS, said=Said(VisitView, api.CREATED, body=api_visits.Begun)),
    Row("GET", f"{GOING}/{{visit}}", api_visits.one, SEEN, said=Said(api_visits.VisitShownView)),
    Row("POST", f"{GOING}/{{visit}}/findings", api_visits.enter, VISITS, said=Said(
        DoneView, api.CREATED, body=api_visits.Found, files=True,
    )),
    Row("POST", f"{GOING}/{{visit}}/recheck", api_visits.recheck, VISITS, said=Said(VisitView, body=api_visits.RatedAgain, files=True)),
    Row("POST", f"{GOING}/{{visit}}/consent", api_visits.consent, SEEN, said=Said(VisitView, body=Nothing)),
    Row("POST", f"{GOING}/{{visit}}/close", api_visits.close, SEEN, said=Said(VisitView, body=Nothing)),
    Row("GET", ROUNDS, api_rounds.index, SEEN, said=Said(api_rounds.RoundsView, query=(listing.Closed,))),
    Row("POST", ROUNDS, api_rounds.start, EVALUATES, said=Said(RoundView, api.CREATED, body=api_rounds.Started)),
    Row("GET", f"{ROUNDS}/{{round}}", api_rounds.one, SEEN, said=Said(api_rounds.RoundShownView)),
    Row("POST", f"{ROUNDS}/{{round}}/object", api_rounds.object_, EVALUATES, said=Said(RoundView, body=api_rounds.Objected, files=True)),
    Row("POST", f"{ROUNDS}/{{round}}/decide", api_rounds.decide, EVALUATES, said=Said(RoundView, body=api_rounds.Decided)),
    Row("POST", f"{ROUNDS}/{{round}}/close", api_rounds.close, EVALUATES, said=Said(RoundView, body=api_rounds.Ended)),
    Row("POST", f"{ROUNDS}/{{round}}/undo", api_rounds.undo, EVALUATES, said=Said(AppliedView, body=api_rounds.TakenBack)),
    Row("GET", f"{V1}/board", api_rounds.board, SEEN, said=Said(BoardView, query=(api_rounds.Scheme,))),
    Row("POST", f"{V1}/feedback/{{source}}", feedback.receive, BRINGS, said=Said(
        feedback.TakenInView, body=feedback.Messages, others=(api.MULTI_STATUS,),
    )),
    Row("GET", f"{V1}/feedback/{{source}}/outcomes", feedback.told, READS_FEEDBACK, said=Said(feedback.OutcomesView)),
    Row("GET", f"{V1}/counts", others.counts, SEEN, said=Said(FiguresView, query=(Wishes, others.Parted))),
    Row("GET", f"{V1}/units", others.units, SEEN, said=Said(UnitsView)),
    Row("GET", f"{V1}/units/{{unit}}", others.unit, SEEN, said=Said(UnitView)),
    Row("GET", f"{V1}/workflows", others.workflows, READS, said=Said(WorkflowsView)),
    Row("GET", f"{V1}/workflows/{{workflow}}", others.workflow, READS, said=Said(WorkflowView)),
)

ROWS: tuple[Row, ...] = (*PAGES, *API, Row("GET", f"{V1}/openapi.json", described(API), OWN), Row("GET", "/-/about", others.me, OWN))
