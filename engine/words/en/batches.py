"""Batches: what came in with a letter."""

from __future__ import annotations

TEXTS = {
    "kind.batch-received": "letter received", "kind.batch-closed": "batch closed",
    "field.batch": "batch", "field.batch-title": "subject",
    "field.letter-number": "letter", "field.dated": "dated", "field.sender": "sender",
    "field.received": "received", "field.assign-due": "assign by", "field.in-batch": "tickets", "field.unassigned": "to assign",
    "field.batch-closed": "batch closed",
    "batch.received": "{date}, by {who}", "batch.due": "{date} (within {limit})",
    "batch.due-late": "{date} (within {limit}; late)", "batch.late": "{date} late", "batch.closed": "{date}, by {who}",
    "batch.tickets": "{tickets}, of them {unassigned} to be assigned, {open} not closed",
    "batch.count": "{count:batch|batches}", "batch.none": "no batches; zg batch new receives one, --all shows those that are closed",
    "hint.batch-next": "next: zg open TITLE --source superior --batch {batch}",
    "input.letter": "number of the letter", "input.sender": "sender", "input.dated": "date of the letter",

    "batch-not-found": "There is no batch {batch}.",
    "why.batch-not-found": "The number of a batch is written B-2020-0001, or as its serial of this year.",
    "hint.batch-not-found": "zg batch list shows the batches",
    "may-not-receive": "“{actor}” may not receive letters: the supervision office enters and closes batches",
    "hint.may-not-receive": "run it with --as office, as the supervision office",
    "letter-ahead": "the letter is dated {date}, which is still to come",
    "hint.letter-ahead": "{typed.date.name} is the date on the letter",
    "limit-empty": "the limit for assigning cannot be 0", "hint.limit-empty": "{typed.limit.name} is an amount of time, such as 10wd",
    "letter-received": "the letter “{letter}” was received before: {batch}",
    "hint.letter-received": "zg batch list --all shows the letters that were received",
    "batch-over": "the batch {batch} was closed on {date}", "hint.batch-over": "zg batch list shows the batches that are open",
    "batch-unassigned": "{count:ticket|tickets} of batch {batch} still to be assigned",
    "hint.batch-unassigned": "zg list --state found --batch {batch} shows what is to be assigned",
}
