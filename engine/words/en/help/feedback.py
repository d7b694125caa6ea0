"""Help and examples of complaints and reviews."""

from __future__ import annotations

TEXTS = {
    "option.feedback.receive.columns": "what a column is, such as Grid=item; - leaves it aside",
    "option.feedback.receive.kind": "what rows are that say neither kind nor rating: {choices}",
    "option.feedback.reconcile.columns": "what a column is, such as Grid=item; - leaves it aside",
    "option.feedback.reconcile.kind": "what rows are that say neither kind nor rating: {choices}",
    "short.feedback": "complaints and reviews of other platforms", "short.feedback.receive": "take in a file of complaints and reviews",
    "short.feedback.list": "the complaints and reviews", "short.feedback.show": "a complaint or review and its ticket",
    "help.feedback": (
        "Complaints and reviews that a hotline or another platform sends. Every bad review and every open complaint has a ticket; good\n"
        "reviews are counted. What the sender says is the sender's to change, what is done is ours; the same message counts once."
    ),
    "example.feedback": "zg feedback receive reviews.xlsx --source province\nzg feedback show 1",
    "help.feedback.receive": (
        "Shows what would happen; --commit does it. The file is xlsx, csv, or jsonl with one message a line. It has ids and times,\n"
        "and for reviews ratings and units; it may have versions, kinds, services, texts, names, phone numbers, states. Names and\n"
        "phone numbers are shown to the supervision office only, and can be erased. Columns that are not read are told; --map names them,\n"
        "--kind what no row says itself. A version of an id is taken in once and an\n"
        "older one never; bad reviews of one unit and service join the ticket that is open. A bad row holds back no other."
    ),
    "example.feedback.receive": (
        "zg feedback receive reviews.xlsx --source province\nzg feedback receive complaints.jsonl --source 12345 --commit --json"
    ),
    "help.feedback.list": (
        "Lists complaints and reviews whose ticket is open or that need none, newest first; --all those that are closed, too; --ticket\n"
        "only those of one ticket."
    ),
    "example.feedback.list": "zg feedback list\nzg feedback list --ticket 3 --json",
    "help.feedback.show": (
        "Shows a complaint or review: what its sender says, its ticket, its answer. Who complained is shown to the supervision office only."
    ),
    "example.feedback.show": "zg feedback show 1\nzg feedback show F-2020-0001 --json",
    "short.report": "reports: what became of the bad reviews",
    "short.report.reviews": "each bad review with its ticket, call-back and result, or why none",
    "help.report": "Reports that follow from the record.",
    "example.report": "zg report reviews\nzg report reviews --from 2020-01-01 --to 2020-03-31 --out reviews.xlsx",
    "help.report.reviews": (
        "Lists each review of a time: its ticket, the call-back, the result, or why there is none. Good ones are counted; the sums are\n"
        "those of the lines. What could not be taken in is named below with its reasons. This year so far unless told. A unit sees its\n"
        "own. No names, phone numbers or texts stand in it; --out writes a sheet."
    ),
    "example.report.reviews": (
        "zg report reviews --unit 市市场监管局\nzg report reviews --from 2020-01-01 --to 2020-03-31 --out reviews.xlsx"
    ),
    "option.report.reviews.since": "from when", "option.report.reviews.before": "until when",
    "option.report.reviews.unit": "of one unit only",
    "option.report.reviews.out": "the file of a sheet",
    "short.feedback.dismiss": "let go of what could not be taken in",
    "help.feedback.dismiss": (
        "What could not be taken in stands in zg report reviews, with its reasons, until its sender says it so that it can be used. What\n"
        "never will be – a row without an id, a test – is dismissed with a reason, which stays in the log."
    ),
    "example.feedback.dismiss": (
        "zg feedback dismiss R17 --source province --reason \"a test of the platform\"\n"
        "zg feedback dismiss R18 --source province --reason \"the same review as R12\""
    ),
    "option.feedback.dismiss.source": "the name of the sender", "option.feedback.dismiss.reason": "why nothing has to become of it",
    "short.feedback.link": "an answer link for whoever complained", "short.feedback.answer": "enter an answer given by telephone",
    "short.feedback.decide": "decide whether it is done again",
    "help.feedback.link": (
        "Makes the token of a link by which whoever complained says whether the end satisfies: once, within 14 days. It is shown this\n"
        "once and kept as a hash; a link made before is over. Its ticket has to be closed."
    ),
    "example.feedback.link": "zg feedback link 1\nzg feedback link F-2020-0001 --json=token,until",
    "help.feedback.answer": (
        "Enters what whoever complained said to you: satisfied, or unsatisfied with --because, --text or both. Once for each end of the\n"
        "ticket. What is not solved, and any free text, asks for it to be done again: somebody decides within three working days."
    ),
    "example.feedback.answer": (
        "zg feedback answer 1 satisfied --by phone\n"
        "zg feedback answer 1 unsatisfied --because not-done --text \"they still ask for papers\" --by phone"
    ),
    "help.feedback.decide": (
        "Decides a request to do it again. --reopen sets the ticket going in the same step: what was rectified is done again, what was\n"
        "withdrawn or unfounded is decided anew; one that is under way goes on. --keep leaves it closed. zg today lists what waits."
    ),
    "example.feedback.decide": "zg feedback decide 1 --reopen --reason true\nzg feedback decide 1 --keep --reason \"settled by the rules\"",
    "option.feedback.answer.because": "why not satisfied: {choices}", "option.feedback.answer.text": "what was said",
    "option.feedback.answer.by": "how it reached you: {choices}", "option.feedback.decide.reopen": "do it again",
    "option.feedback.decide.keep": "leave it closed", "option.feedback.decide.reason": "why",
    "short.feedback.outcomes": "what the sender was told", "short.feedback.reconcile": "compare with the sender's file, change nothing",
    "help.feedback.outcomes": (
        "Lists what a sender was told: its id, the ticket, the outcome, version and mark. The watch, or zg sweep, tells it once whenever\n"
        "a ticket comes to another state, to the webhooks of the office too. --out writes a file: .csv, or jsonl. What the sender gives\n"
        "back with the mark is known as our own."
    ),
    "example.feedback.outcomes": "zg feedback outcomes --source province\nzg feedback outcomes --source province --out outcomes.csv",
    "help.feedback.reconcile": (
        "Lists where a sender's file and the record differ: what one of them lacks, other versions, closed by one only. Nothing is changed."
    ),
    "example.feedback.reconcile": (
        "zg feedback reconcile all.xlsx --source province\nzg feedback reconcile all.jsonl --source 12345 --json"
    ),
    "option.feedback.outcomes.source": "the sender", "option.feedback.outcomes.out": "write a file",
    "option.feedback.reconcile.source": "the sender",
    "option.feedback.receive.source": "the sender, like province or 12345", "option.feedback.receive.commit": "write it; else only show it",
    "option.feedback.list.every": "also those that are closed", "option.feedback.list.ticket": "of this ticket only",
}
