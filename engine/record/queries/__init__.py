"""Every statement the program runs, by name, each with a sentence. Plain SQL that SQLite and PostgreSQL both read.

`:name` is a value, `IN :names` a list, `{lock}` the row lock, `{share}` one that several may hold, `{kept}` the same without waiting for
it, and `{free}` the row lock that leaves out rows somebody holds (nothing on SQLite, where BEGIN IMMEDIATE holds the only one).
Select lists come from the fields of the value they fill. A test prepares every statement here against the migrated schema on both
databases, so a renamed column cannot hide. Lists with filters are in `engine.record.listing`.

In reading order: columns, tickets, batches, rounds, visits, feedback, events, evidence, rules, people, sign_in, kept_answers,
saved_views, drafts, notices, watch, trust, rows, audit.
"""

# ruff: noqa: F403 – the statements lie in the files of this package and are imported from the package

from __future__ import annotations

from engine.record.queries.audit import *
from engine.record.queries.batches import *
from engine.record.queries.drafts import *
from engine.record.queries.events import *
from engine.record.queries.evidence import *
from engine.record.queries.feedback import *
from engine.record.queries.kept_answers import *
from engine.record.queries.notices import *
from engine.record.queries.people import *
from engine.record.queries.rounds import *
from engine.record.queries.rows import *
from engine.record.queries.rules import *
from engine.record.queries.saved_views import *
from engine.record.queries.sign_in import *
from engine.record.queries.tickets import *
from engine.record.queries.trust import *
from engine.record.queries.visits import *
from engine.record.queries.watch import *
