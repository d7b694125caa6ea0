"""The schema: the one place of truth. Alembic reads these classes; no command that people wait for imports them.

The two databases differ in two types only: a moment and a large identity. Every invariant that SQL can hold is held here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, DateTime, Index, Integer, LargeBinary, MetaData, Text
from sqlalchemy import ForeignKeyConstraint as References
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy import text as sql
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Field, SQLModel

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""One name for a constraint on both databases, so that a later migration can find it."""


class UtcTime(DateTime):
    """A moment: `timestamptz` on PostgreSQL; on SQLite the 27 characters of `chain.stamp`.

    SQLite gives its type DATETIME numeric affinity, and `at <= '2028'` is then false; UTCTEXT has TEXT affinity.
    """

    def __init__(self) -> None:
        super().__init__(timezone=True)


@compiles(UtcTime, "sqlite")
def _utc_text(_type: UtcTime, _compiler: Any, **_options: Any) -> str:
    return "UTCTEXT"


class Day(Date):
    """A date without time: DATE on PostgreSQL; on SQLite its ISO text, since a column type DATE has numeric affinity there."""


@compiles(Day, "sqlite")
def _day_text(_type: Day, _compiler: Any, **_options: Any) -> str:
    return "DAYTEXT"


Identity = BigInteger().with_variant(Integer, "sqlite")


class Row(SQLModel):
    """Base of every table. Defaults and validation do not apply here: rows are written by SQL, not by these classes."""

    metadata = MetaData(naming_convention=NAMES)


def at(*, nullable: bool = False, **options: Any) -> Any:
    return Field(sa_type=UtcTime, nullable=nullable, **options)


def text(*, nullable: bool = False, **options: Any) -> Any:
    return Field(sa_type=Text, nullable=nullable, **options)


def blob(*, nullable: bool = False, **options: Any) -> Any:
    return Field(sa_type=LargeBinary, nullable=nullable, **options)


def flag(name: str) -> Any:
    """A truth value; SQLite, which has none, gets a CHECK of that name."""
    return Field(sa_type=Boolean(create_constraint=True, name=name), nullable=False)


def check(name: str, condition: str) -> CheckConstraint:
    return CheckConstraint(sql(condition), name=name)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that matter only, written for both databases."""
    return Index(name, *columns, unique=unique, sqlite_where=sql(where), postgresql_where=sql(where))


def one_of(column: str, *values: str) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Unit(Row, table=True):
    """A unit, or a group of units. Codes are ASCII and never used again; work belongs to the unit, not to the person."""

    __tablename__ = "unit"
    __table_args__ = (check("code_not_empty", "code <> ''"), check("ends_after_start", "valid_to IS NULL OR valid_from < valid_to"))
    code: str = text(primary_key=True)
    kind: str = text()
    relation: str | None = text(nullable=True)
    parent: str | None = text(nullable=True, foreign_key="unit.code")
    rank_group: str | None = text(nullable=True)
    valid_from: date | None = Field(sa_type=Day, nullable=True)
    valid_to: date | None = Field(sa_type=Day, nullable=True)
    successor: str | None = text(nullable=True, foreign_key="unit.code")
    in_source: bool = flag("in_source_truth")


class UnitName(Row, table=True):
    """What a unit is and was called: official names in time, and every alias people write."""

    __tablename__ = "unit_name"
    __table_args__ = (
        check("kind_known", one_of("kind", "official", "alias")),
        # An alias means one unit only, or `--lead NAME` would be a guess. Official names of former units may come back.
        partial("unit_name_alias", "name", where="kind = 'alias' AND valid_to IS NULL", unique=True),
        partial("unit_name_official", "name", where="kind = 'official' AND valid_to IS NULL", unique=True),
        # A unit has one official name at a time.
        partial("unit_name_current", "unit", where="kind = 'official' AND valid_to IS NULL", unique=True),
    )
    unit: str = text(primary_key=True, foreign_key="unit.code")
    name: str = text(primary_key=True)
    kind: str = text()
    # A unit may get a name back that it had before.
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    valid_from: date | None = Field(sa_type=Day, nullable=True)
    valid_to: date | None = Field(sa_type=Day, nullable=True)


class UnitMember(Row, table=True):
    """Which units a group stands for (各县（市、区）)."""

    __tablename__ = "unit_member"
    __table_args__ = (check("not_itself", "group_code <> unit"),)
    group_code: str = text(primary_key=True, foreign_key="unit.code")
    unit: str = text(primary_key=True, foreign_key="unit.code")
    place: int = Field(nullable=False)


class Account(Row, table=True):
    """Who may act. Accounts are ended, never deleted: events name them. `password_at` is when the person chose the password, and empty
    while it is one that somebody else gave; `second_factor` holds its secret and the hashes of its recovery codes; `identity` is who the
    person is to another service that signs people in.
    """

    __tablename__ = "account"
    __table_args__ = (
        check("role_known", one_of(
            "role", "supervisor", "head", "contact", "leader", "auditor", "admin", "system", "security", "intake", "watch",
        )),
        check("unit_given", "role NOT IN ('contact', 'head') OR unit IS NOT NULL"),
        # "The only active contact of a unit" is asked by every `--as UNIT`.
        Index("account_of_unit", "unit", "role"),
        # Who comes by another service is one account and no other.
        Index("account_of_identity", "identity", unique=True),
    )
    name: str = text(primary_key=True)
    title: str = text()
    role: str = text()
    unit: str | None = text(nullable=True, foreign_key="unit.code")
    active: bool = flag("active_truth")
    email: str | None = text(nullable=True)
    phone: str | None = text(nullable=True)
    chat: str | None = text(nullable=True)
    password_hash: str | None = text(nullable=True)
    password_at: datetime | None = at(nullable=True)
    second_factor: str | None = text(nullable=True)
    identity: str | None = text(nullable=True)
    valid_from: datetime | None = at(nullable=True)
    valid_to: datetime | None = at(nullable=True)


class AccountPortfolio(Row, table=True):
    """The units a leader (分管市领导) answers for."""

    __tablename__ = "account_portfolio"
    account: str = text(primary_key=True, foreign_key="account.name")
    unit: str = text(primary_key=True, foreign_key="unit.code")


class AccountTitle(Row, table=True):
    """What an account is and was called, so that a log calls people what they were called then."""

    __tablename__ = "account_title"
    account: str = text(primary_key=True, foreign_key="account.name")
    since: datetime = at(primary_key=True)
    title: str = text()


class StandIn(Row, table=True):
    """Who may act for whom, with whose role and unit, from when until when (half-open)."""

    __tablename__ = "stand_in"
    __table_args__ = (check("another", "account <> deputy"), check("ends_after_start", "valid_from < valid_to"))
    account: str = text(primary_key=True, foreign_key="account.name")
    deputy: str = text(primary_key=True, foreign_key="account.name")
    valid_from: datetime = at(primary_key=True)
    valid_to: datetime = at()


class Token(Row, table=True):
    """A key of a program to the API. Only its hash is kept; the id is the part of it that is no secret. It reads, or acts too; of its
    requests so many a minute are answered.
    """

    __tablename__ = "token"
    __table_args__ = (
        check("hash_length", "length(hash) = 32"), check("scope_known", one_of("scope", "read", "act", "intake")),
        check("answers_some", "per_minute > 0"), Index("token_of_account", "account"),
    )
    id: str = text(primary_key=True)
    account: str = text(foreign_key="account.name")
    name: str = text()
    scope: str = text()
    per_minute: int = Field(nullable=False)
    hash: bytes = blob()
    created_at: datetime = at()
    expires_at: datetime | None = at(nullable=True)
    revoked_at: datetime | None = at(nullable=True)
    used_at: datetime | None = at(nullable=True)


class SignInFailure(Row, table=True):
    """Failed sign-ins in a row. `who` is a digest of the name that was given: people type passwords into the wrong field."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (check("count_not_negative", "count >= 0"),)
    who: str = text(primary_key=True)
    count: int = Field(nullable=False)
    last_at: datetime = at()


class WebSession(Row, table=True):
    """A browser that is signed in. `hash` is that of its secret, which nobody but the browser has; `address` and `agent` are what it came
    from, so that a person knows the own ones again; `halfway`: the password was right, and the second factor is still asked for. The log
    tells none of it.
    """

    __tablename__ = "web_session"
    __table_args__ = (check("hash_length", "length(hash) = 32"), Index("web_session_of_account", "account"))
    hash: bytes = blob(primary_key=True)
    account: str = text(foreign_key="account.name")
    begun_at: datetime = at()
    seen_at: datetime = at()
    address: str | None = text(nullable=True)
    agent: str | None = text(nullable=True)
    halfway: bool = flag("halfway_truth")


class LastSignIn(Row, table=True):
    """When and from where an account signed in last, and the time before, which its person is shown; `step` is the last moment of its
    second factor that was used up. The log tells none of it.
    """

    __tablename__ = "last_sign_in"
    account: str = text(primary_key=True, foreign_key="account.name")
    signed_at: datetime | None = at(nullable=True)
    address: str | None = text(nullable=True)
    before_at: datetime | None = at(nullable=True)
    before_address: str | None = text(nullable=True)
    step: int = Field(nullable=False)


class InvitationRow(Row, table=True):
    """A link that opens an account once, so that its person can give it a password. Only the hash of its secret is kept. An entry tells
    that it was made; the row goes as soon as it was used.
    """

    __tablename__ = "invitation"
    __table_args__ = (check("hash_length", "length(hash) = 32"), Index("invitation_of_account", "account"))
    hash: bytes = blob(primary_key=True)
    account: str = text(foreign_key="account.name")
    created_at: datetime = at()
    expires_at: datetime = at()


class KeptAnswer(Row, table=True):
    """What a request was answered that named itself by a key (Idempotency-Key), so that sending it again does nothing twice. `hash` is that
    of the key, `asked` that of all that was sent; `claim` is the attempt that carries it out; `written` is set in the transaction of the
    first thing that it writes, so that an attempt that broke off is known by what it left. Kept for a day.
    """

    __tablename__ = "kept_answer"
    __table_args__ = (
        check("hash_length", "length(hash) = 32"), check("asked_length", "length(asked) = 32"), check("claim_length", "length(claim) = 16"),
        Index("kept_answer_begun", "begun_at"),
    )
    account: str = text(primary_key=True, foreign_key="account.name")
    hash: bytes = blob(primary_key=True)
    asked: bytes = blob()
    claim: bytes = blob()
    begun_at: datetime = at()
    written: bool = flag("written_truth")
    status: int | None = Field(nullable=True)
    heads: str | None = text(nullable=True)
    body: bytes | None = blob(nullable=True)


class SavedViewRow(Row, table=True):
    """A filter of the ledger under a name: of one account (`own`), of a unit (`unit`), or of everybody (`all`, whose `owner` is empty).
    `wishes` are the texts as they were typed, by filter. It decides nothing, and no entry tells it.
    """

    __tablename__ = "saved_view"
    __table_args__ = (check("audience", "audience IN ('own', 'unit', 'all')"),)
    audience: str = text(primary_key=True)
    owner: str = text(primary_key=True)
    name: str = text(primary_key=True)
    wishes: str = text()
    saved_by: str = text(foreign_key="account.name")
    saved_at: datetime = at()


class LedgerProposalRow(Row, table=True):
    """What a ledger said otherwise than a ticket when it was imported: for one field what it was and what the file says, in which row of
    which file; `version` is the ticket's of then. `was` and `says` are words.
    """

    __tablename__ = "ledger_proposal"
    __table_args__ = (check("file_length", "length(file) = 64"),)
    ticket: str = text(primary_key=True)
    field: str = text(primary_key=True)
    was: str | None = text(nullable=True)
    says: str | None = text(nullable=True)
    file: str = text()
    sheet: str = text()
    line: int = Field(nullable=False)
    version: int = Field(nullable=False)
    told_at: datetime = at()


class FeedbackRefusalRow(Row, table=True):
    """A complaint or review that could not be taken in: by its sender and the sender's id, or where it has none by its file and row.
    `reasons` are words. It stands until a message of that id is taken in later.
    """

    __tablename__ = "feedback_refusal"
    __table_args__ = (check("file_length", "file IS NULL OR length(file) = 64"),)
    source: str = text(primary_key=True)
    ref: str = text(primary_key=True)
    rating: int | None = Field(nullable=True)
    unit: str | None = text(nullable=True)
    stated_at: datetime = at()
    file: str | None = text(nullable=True)
    line: int | None = Field(nullable=True)
    reasons: str | None = text(nullable=True)
    refused_at: datetime = at()


class DraftRow(Row, table=True):
    """What somebody began to type into the form of an act and did not send yet: of one account, about one act on one ticket (`number/act`).
    `words` are the texts by the names of the fields. It decides nothing, nobody else reads it, and no entry tells it.
    """

    __tablename__ = "draft"
    account: str = text(primary_key=True, foreign_key="account.name")
    about: str = text(primary_key=True)
    version: int = Field(nullable=False)
    words: str = text()
    saved_at: datetime = at()


class DefinitionRow(Row, table=True):
    """Every workflow ever used, by the hash tickets are pinned to; `json` is canonical, `source` what the office wrote."""

    __tablename__ = "definition"
    __table_args__ = (
        check("hash_length", "length(hash) = 64"),
        # One current definition for a name, held by the database and not by good will.
        partial("definition_current", "name", where="current", unique=True),
    )
    hash: str = text(primary_key=True)
    name: str = text()
    json_text: str = Field(sa_type=Text, nullable=False, sa_column_kwargs={"name": "json"})
    source: str = text()
    loaded_at: datetime = at()
    current: bool = flag("current_truth")


class CalendarRow(Row, table=True):
    """Every version of the calendar that dates were counted with; one of them is current. `notices` is what it was made of."""

    __tablename__ = "calendar"
    __table_args__ = (partial("calendar_current", "current", where="current", unique=True),)
    version: str = text(primary_key=True)
    name: str = text()
    json_text: str = Field(sa_type=Text, nullable=False, sa_column_kwargs={"name": "json"})
    notices: str = text()
    loaded_at: datetime = at()
    current: bool = flag("current_truth")


class Measure(Row, table=True):
    """A work task of the plan (工作任务). Units lie as JSON lists: they are read with the measure, never searched."""

    __tablename__ = "measure"
    no: str = text(primary_key=True)
    title: str = text()
    leads: str = text()
    cooperators: str = text()
    responsible: str = text()


class IndicatorRow(Row, table=True):
    """An indicator of the business environment (指标) and the measure that serves it."""

    __tablename__ = "indicator"
    measure: str = text(primary_key=True, foreign_key="measure.no")
    name: str = text(primary_key=True)


class TargetRow(Row, table=True):
    """A number the plan promises (目标值). Values are decimal text: no floats anywhere."""

    __tablename__ = "target"
    __table_args__ = (check("comparator_known", one_of("comparator", ">=", ">", "<=", "<", "=", "~")),)
    id: str = text(primary_key=True)
    measure: str = text(foreign_key="measure.no", index=False)
    metric: str = text()
    comparator: str = text()
    value: str = text()
    unit: str = text()
    baseline: str | None = text(nullable=True)
    deadline: date | None = Field(sa_type=Day, nullable=True)
    scope: str | None = text(nullable=True)
    mandatory: bool = flag("mandatory_truth")
    words: str = text()


class Event(Row, table=True):
    """One fact. Written once, read for ever: only `words` may become NULL, by redaction. `data` is the text that was hashed.

    A stream is one thing's: a ticket, a batch; 0 is the administration's. Its first event says what it is (`rules.streams`). No foreign
    key to the thing: the events are the truth, and its row follows from them.
    """

    __tablename__ = "event"
    __table_args__ = (
        # Two writers that read the same ticket both append its next seq: this lets one of them through.
        Unique("stream", "seq"),
        check("stream_not_negative", "stream >= 0"),
        check("seq_from_one", "seq >= 1"),
        check("hash_length", "length(hash) = 32"),
        # Which tickets are set aside: next to none of the events.
        partial("event_set_aside", "stream", "seq", where="kind = 'set-aside'"),
    )
    id: int = Field(sa_type=Identity, primary_key=True)
    stream: int = Field(sa_type=BigInteger, nullable=False)
    seq: int = Field(nullable=False)
    at: datetime = at()
    actor: str = text()
    role: str = text()
    unit: str | None = text(nullable=True)
    via: str = text()
    kind: str = text()
    from_state: str | None = text(nullable=True)
    to_state: str | None = text(nullable=True)
    data: str = text()
    words: str | None = text(nullable=True)
    hash: bytes = blob()


class TicketRow(Row, table=True):
    """The cached fold of a ticket's events: the fields of `rules.ticket.Ticket` in their order, and the hash of its last event."""

    __tablename__ = "ticket"
    __table_args__ = (
        check("id_from_one", "id >= 1"),
        check("serial_from_one", "serial >= 1"),
        check("version_from_one", "version >= 1"),
        check("levels_not_negative", "level >= 0 AND acted_level >= 0 AND attempt >= 0 AND urged >= 0"),
        check("final_sleeps", "NOT final OR wake_at IS NULL"),
        # Nothing open is ever silent: whatever happens to a ticket, it has an alarm.
        check("open_wakes", "final OR wake_at IS NOT NULL"),
        check("late_days_not_negative", "late_days IS NULL OR late_days >= 0"),
        # While a clock runs lateness is counted from its date; two answers to one question would differ one day.
        check("late_once", "late_days IS NULL OR late_at IS NULL"),
        check("submitted_when", "NOT submitted OR submitted_at IS NOT NULL"),
        check("head_length", "length(head) = 32"),
        Unique("number"),
        # Numbers of an office are gap-free within a year; the audit walks this index.
        Unique("office", "year", "serial"),
        # The same key from the same source is the same ticket: repeated sending opens nothing.
        partial("ticket_source_ref", "source", "source_ref", where="source_ref IS NOT NULL", unique=True),
        # The sweep reads this index and nothing else when nothing is due.
        partial("ticket_wakes", "wake_at", "id", where="wake_at IS NOT NULL"),
        # The whole list is read by promised date, and the open ones alone: closed tickets are most of it after some years.
        Index("ticket_promised", "promised_at", "id"),
        partial("ticket_open", "promised_at", "id", where="NOT final"),
        # The open ones of a unit, of a measure, of whoever has the turn, of a source; and whoever looks at one state, open or not.
        partial("ticket_of_lead", "lead", "promised_at", "id", where="NOT final"),
        partial("ticket_for_measure", "measure", "promised_at", "id", where="NOT final"),
        partial("ticket_in_turn", "turn", "promised_at", "id", where="NOT final"),
        partial("ticket_of_source", "source", "promised_at", "id", where="NOT final"),
        Index("ticket_in_state", "state", "promised_at", "id"),
        # Words are looked for in here, where a million titles take a twentieth of the room that their tickets take.
        Index("ticket_titles", "title_folded", "number", "id"),
        # The other orders: the date of whoever has the turn, the last event of any kind, the level.
        partial("ticket_turn_due", "due_at", "id", where="due_at IS NOT NULL"),
        Index("ticket_changed", "changed_at", "id"),
        partial("ticket_changed_open", "changed_at", "id", where="NOT final"),
        partial("ticket_level", "level", "id", where="NOT final"),
        # What waits for the office or rests, and the letters to be signed: few of many.
        partial("ticket_blue", "promised_at", "id", where="request IS NOT NULL OR returns_to IS NOT NULL"),
        partial("ticket_proposing", "id", where="proposals <> '[]'"),
        partial("ticket_proposing_due", "promised_at", "id", where="proposals <> '[]'"),
        # Where a cooperator disagrees: a part of the page that the office opens every morning.
        partial("ticket_objected", "promised_at", "id", where="objections <> '{}'"),
        # Open tickets by id, in pieces, when a calendar changes. Neither column changes while a ticket is open, so it costs nothing.
        partial("ticket_under_way", "id", where="NOT final"),
        # What the supervision office itself owes, a page the office opens every morning.
        partial("ticket_office_due", "office_due_at", "id", where="office_due_at IS NOT NULL"),
        # What a leader waits for an answer to stands on top of every list.
        partial("ticket_instructed", "promised_at", "id", where="instructed"),
        # What was opened in a span of time; "was this problem found before?", of the same measure and of the same lead.
        Index("ticket_opened", "opened_at", "id"),
        partial("ticket_of_measure", "measure", "opened_at", where="measure IS NOT NULL"),
        partial("ticket_opened_for", "lead", "opened_at", where="lead IS NOT NULL"),
        # Who was late when the promise stopped: handed in too late, suspended or closed while late.
        partial("ticket_was_late", "promised_at", "id", where="late_days > 0"),
        # What an officer of the office has on the desk.
        partial("ticket_of_officer", "officer", "promised_at", "id", where="NOT final"),
        # What was handed in, and what was closed in a span of time, by anybody and by one unit.
        partial("ticket_submitted", "submitted_at", "id", where="submitted_at IS NOT NULL"),
        partial("ticket_closed", "closed_at", "id", where="closed_at IS NOT NULL"),
        partial("ticket_closed_undated", "id", where="final AND closed_at IS NULL"),
        partial("ticket_closed_by_lead", "lead", "closed_at", "id", where="closed_at IS NOT NULL"),
        # The closed ones that ended in one state, of a measure, of a source: after some years nobody reads past all the others.
        partial("ticket_closed_in_state", "state", "closed_at", "id", where="closed_at IS NOT NULL"),
        partial("ticket_closed_for_measure", "measure", "closed_at", "id", where="closed_at IS NOT NULL"),
        partial("ticket_closed_of_source", "source", "closed_at", "id", where="closed_at IS NOT NULL"),
        # The kept ticket lists those that repeat it.
        partial("ticket_duplicates", "duplicate_of", where="duplicate_of IS NOT NULL"),
        # An earlier finding lists those that repeat it: few of many name any.
        partial("ticket_repeating", "repeats", "id", where="repeats <> '[]'"),
        # What repeats an earlier finding, in the order of a list.
        partial("ticket_repeating_due", "promised_at", "id", where="repeats <> '[]'"),
        # The tickets of a batch.
        partial("ticket_of_batch", "batch", "id", where="batch IS NOT NULL"),
        # What a visit found.
        partial("ticket_of_visit", "visit", "id", where="visit IS NOT NULL"),
        # One problem has one ticket that is under way, whatever a round says twice; and all tickets that it ever had.
        partial("ticket_problem_open", "problem_key", where="problem_key IS NOT NULL AND NOT final", unique=True),
        partial("ticket_problem", "problem_key", "id", where="problem_key IS NOT NULL"),
        # What waits to be reopened because a round found it again: few of many.
        partial("ticket_relapsed", "promised_at", "id", where="relapse IS NOT NULL"),
        check("measured_not_negative", "misses >= 0 AND relapses >= 0 AND confirmed >= 0"),
        # A child ticket is found from its parent (two-level use).
        partial("ticket_of_parent", "parent", where="parent IS NOT NULL"),
    )
    id: int = Field(sa_type=Identity, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: str = text()
    year: int = Field(nullable=False)
    serial: int = Field(nullable=False)
    office: str = text()
    parent: int | None = Field(sa_type=BigInteger, nullable=True, foreign_key="ticket.id")
    workflow: str = text()
    definition: str = text(foreign_key="definition.hash")
    state: str = text()
    version: int = Field(nullable=False)
    title: str = text()
    title_folded: str = text()
    detail: str | None = text(nullable=True)
    source: str = text()
    source_ref: str | None = text(nullable=True)
    measure: str | None = text(nullable=True)
    grade: str | None = text(nullable=True)
    lead: str | None = text(nullable=True, foreign_key="unit.code")
    cooperators: str = text()
    leader: str | None = text(nullable=True)
    turn: str | None = text(nullable=True)
    final: bool = flag("final_truth")
    opened_at: datetime = at()
    opened_by: str = text()
    officer: str | None = text(nullable=True)
    assigned_at: datetime | None = at(nullable=True)
    assigned_by: str | None = text(nullable=True)
    state_since: datetime = at()
    changed_at: datetime = at()
    told_at: datetime = at()
    due_at: datetime | None = at(nullable=True)
    promised_at: datetime | None = at(nullable=True)
    warn_at: datetime | None = at(nullable=True)
    late_at: datetime | None = at(nullable=True)
    wake_at: datetime | None = at(nullable=True)
    office_due_at: datetime | None = at(nullable=True)
    level: int = Field(nullable=False)
    acted_level: int = Field(nullable=False)
    attempt: int = Field(nullable=False)
    deadlines: str = text()
    signed: str = text()
    objections: str = text()
    left_out: str = text()
    endorsed: bool = flag("endorsed_truth")
    to_revise: bool = flag("to_revise_truth")
    request: str | None = text(nullable=True)
    grants: str = text()
    denials: str = text()
    designated: bool = flag("designated_truth")
    hands: str = text()
    proposals: str = text()
    urged: int = Field(nullable=False)
    instructions: str = text()
    instructed: bool = flag("instructed_truth")
    standing: bool = flag("standing_truth")
    past: str = text()
    evidenced: bool = flag("evidenced_truth")
    submitted: bool = flag("submitted_truth")
    submitted_at: datetime | None = at(nullable=True)
    late_days: int | None = Field(nullable=True)
    on_time: bool | None = Field(sa_type=Boolean(create_constraint=True, name="on_time_truth"), nullable=True)
    attempts: str = text()
    returns_to: str | None = text(nullable=True)
    closed_at: datetime | None = at(nullable=True)
    closed_as: str | None = text(nullable=True)
    duplicate_of: str | None = text(nullable=True)
    repeats: str = text()
    batch: str | None = text(nullable=True)
    visit: str | None = text(nullable=True)
    place: str | None = text(nullable=True)
    team: str = text()
    entered: str = text()
    consents: str = text()
    withdrawn_from: str | None = text(nullable=True)
    set_aside: str | None = text(nullable=True)
    problem_key: str | None = text(nullable=True)
    first_found_at: datetime = at()
    round: str | None = text(nullable=True)
    measurements: str = text()
    misses: int = Field(nullable=False)
    relapses: int = Field(nullable=False)
    confirmed: int = Field(nullable=False)
    last_confirmed_round: str | None = text(nullable=True)
    relapse: str | None = text(nullable=True)
    stated_limit: str | None = text(nullable=True)
    head: bytes = blob()


class BatchRow(Row, table=True):
    """The cached fold of a batch's events (来文批次): the fields of `rules.batch.Batch` in their order, and the hash of its last event."""

    __tablename__ = "batch"
    __table_args__ = (
        check("id_from_one", "id >= 1"),
        check("serial_from_one", "serial >= 1"),
        check("version_from_one", "version >= 1"),
        check("closed_by_somebody", "(closed_at IS NULL) = (closed_by IS NULL)"),
        # Nothing open is ever silent.
        check("open_wakes", "(closed_at IS NULL) = (wake_at IS NOT NULL)"),
        check("head_length", "length(head) = 32"),
        Unique("number"),
        partial("batch_wakes", "wake_at", where="wake_at IS NOT NULL"),
        # Numbers of batches are gap-free within a year; the audit walks this index.
        Unique("year", "serial"),
        # One letter of one sender is one batch, unless its words were erased.
        Unique("letter", "sender"),
    )
    id: int = Field(sa_type=Identity, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: str = text()
    year: int = Field(nullable=False)
    serial: int = Field(nullable=False)
    office: str = text()
    version: int = Field(nullable=False)
    title: str = text()
    letter: str = text()
    sender: str | None = text(nullable=True)
    dated: date = Field(sa_type=Day, nullable=False)
    assign_limit: str = text()
    assign_due_at: datetime = at()
    rung: int = Field(nullable=False)
    repeated: int = Field(nullable=False)
    wake_at: datetime | None = at(nullable=True)
    received_at: datetime = at()
    received_by: str = text()
    changed_at: datetime = at()
    closed_at: datetime | None = at(nullable=True)
    closed_by: str | None = text(nullable=True)
    head: bytes = blob()


class RoundRow(Row, table=True):
    """The cached fold of a round's events (评价轮次): the fields of `rules.loop.round.Round` in order, and the hash of its last event.

    Results lie in it as JSON: they are read with the round, never searched. The tickets they opened name the round themselves.
    """

    __tablename__ = "round"
    __table_args__ = (
        check("id_from_one", "id >= 1"),
        check("serial_from_one", "serial >= 1"),
        check("version_from_one", "version >= 1"),
        check("results_version_not_negative", "results_version >= 0"),
        check("closed_by_somebody", "(closed_at IS NULL) = (closed_by IS NULL)"),
        check("undone_by_somebody", "(undone_at IS NULL) = (undone_by IS NULL)"),
        check("head_length", "length(head) = 32"),
        Unique("number"),
        # Numbers of rounds are gap-free within a year; the audit walks this index.
        Unique("year", "serial"),
        # What was measured before, and since, by the same scheme.
        Index("round_of_scheme", "scheme", "measured_on", "id"),
        # What waits to be closed: few of many.
        partial("round_open", "id", where="closed_at IS NULL AND undone_at IS NULL"),
    )
    id: int = Field(sa_type=Identity, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: str = text()
    year: int = Field(nullable=False)
    serial: int = Field(nullable=False)
    office: str = text()
    version: int = Field(nullable=False)
    title: str = text()
    scheme: str = text()
    measured_on: date = Field(sa_type=Day, nullable=False)
    period_from: date | None = Field(sa_type=Day, nullable=True)
    received_on: date | None = Field(sa_type=Day, nullable=True)
    letter: str | None = text(nullable=True)
    subjects: str = text()
    standards: str = text()
    points: bool = flag("points_truth")
    interim: bool = flag("interim_truth")
    comments_end_at: datetime | None = at(nullable=True)
    assign_limit: str = text()
    assign_due_at: datetime = at()
    started_at: datetime = at()
    started_by: str = text()
    changed_at: datetime = at()
    results: str = text()
    results_version: int = Field(nullable=False)
    applications: str = text()
    disputes: str = text()
    leftovers: str = text()
    closed_at: datetime | None = at(nullable=True)
    closed_by: str | None = text(nullable=True)
    undone_at: datetime | None = at(nullable=True)
    undone_by: str | None = text(nullable=True)
    head: bytes = blob()


class VisitRow(Row, table=True):
    """The cached fold of a visit's events (督查检查): the fields of `rules.loop.visit.Visit` in order, and the hash of its last event."""

    __tablename__ = "visit"
    __table_args__ = (
        check("id_from_one", "id >= 1"),
        check("serial_from_one", "serial >= 1"),
        check("version_from_one", "version >= 1"),
        check("consented_by_somebody", "(consented_at IS NULL) = (consented_by IS NULL)"),
        check("closed_by_somebody", "(closed_at IS NULL) = (closed_by IS NULL)"),
        check("drawn_whole", "(sample IS NULL) = (months IS NULL) AND (sample IS NULL) = (lot IS NULL)"),
        check("head_length", "length(head) = 32"),
        Unique("number"),
        # Numbers of visits are gap-free within a year; the audit walks this index.
        Unique("year", "serial"),
    )
    id: int = Field(sa_type=Identity, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: str = text()
    year: int = Field(nullable=False)
    serial: int = Field(nullable=False)
    office: str = text()
    version: int = Field(nullable=False)
    day: date = Field(sa_type=Day, nullable=False)
    place: str = text()
    unannounced: bool = flag("unannounced_truth")
    team: str = text()
    sample: str | None = text(nullable=True)
    months: int | None = Field(nullable=True)
    lot: str | None = text(nullable=True)
    again: str = text()
    begun_at: datetime = at()
    begun_by: str = text()
    changed_at: datetime = at()
    agreed: str = text()
    consented_at: datetime | None = at(nullable=True)
    consented_by: str | None = text(nullable=True)
    closed_at: datetime | None = at(nullable=True)
    closed_by: str | None = text(nullable=True)
    head: bytes = blob()


class FeedbackRow(Row, table=True):
    """The cached fold of the events of a complaint or a review (诉求评价): the fields of `rules.loop.feedback.Feedback` in order, and the
    hash of its last event.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        check("id_from_one", "id >= 1"),
        check("serial_from_one", "serial >= 1"),
        check("version_from_one", "version >= 1"),
        check("kind_known", one_of("kind", "complaint", "review")),
        check("category_known", one_of("category", "open", "done")),
        check("rating_known", "rating IS NULL OR rating BETWEEN 1 AND 5"),
        check("told_of_a_ticket", "(ticket IS NULL) = (told IS NULL)"),
        check("linked_for_a_while", "(token IS NULL) = (token_until_at IS NULL)"),
        check("answered_by_somebody", "(answered_at IS NULL) = (answered_by IS NULL)"),
        check("decided_by_somebody", "(decided_at IS NULL) = (decided_by IS NULL)"),
        check("head_length", "length(head) = 32"),
        Unique("number"),
        # Numbers are gap-free within a year; the audit walks this index.
        Unique("year", "serial"),
        # A sender's id is one complaint or review, whatever it sends twice.
        Unique("source", "ref"),
        # What came in a time, in order.
        Index("feedback_stated", "stated_at", "id"),
        # Which complaints and reviews a ticket has, and which senders are to be told of it.
        partial("feedback_of_ticket", "ticket", "id", where="ticket IS NOT NULL"),
        # Whose sender waits to hear the end: few of many.
        partial("feedback_going_on", "id", where="outcome IS NULL OR outcome NOT IN ('rectified', 'rejected', 'closed-as')"),
        # What an answer link is for: nobody reads through all of them.
        partial("feedback_of_link", "token", where="token IS NOT NULL", unique=True),
        # What waits for a decision: few of many.
        partial("feedback_redo", "redo_due_at", "id", where="redo_due_at IS NOT NULL"),
    )
    id: int = Field(sa_type=Identity, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: str = text()
    year: int = Field(nullable=False)
    serial: int = Field(nullable=False)
    office: str = text()
    version: int = Field(nullable=False)
    source: str = text()
    ref: str = text()
    kind: str = text()
    stated_version: int = Field(sa_type=BigInteger, nullable=False)
    stated_at: datetime = at()
    category: str = text()
    rating: int | None = Field(nullable=True)
    unit: str | None = text(nullable=True)
    item: str | None = text(nullable=True)
    said: str | None = text(nullable=True)
    received_at: datetime = at()
    received_by: str = text()
    changed_at: datetime = at()
    ticket: str | None = text(nullable=True)
    told: str | None = text(nullable=True)
    outcome: str | None = text(nullable=True)
    outcome_at: datetime | None = at(nullable=True)
    token: str | None = text(nullable=True)
    token_until_at: datetime | None = at(nullable=True)
    answer: str | None = text(nullable=True)
    answer_reasons: str = text()
    answer_text: str | None = text(nullable=True)
    answered_at: datetime | None = at(nullable=True)
    answered_by: str | None = text(nullable=True)
    answered_attempt: int | None = Field(nullable=True)
    redo: str | None = text(nullable=True)
    redo_due_at: datetime | None = at(nullable=True)
    decided_at: datetime | None = at(nullable=True)
    decided_by: str | None = text(nullable=True)
    head: bytes = blob()


class CooperatorRow(Row, table=True):
    """Which tickets a unit cooperates in: an index of the fold, since a list cannot be searched inside JSON quickly.

    `due_at` is the date of its part while that runs: NULL before 交办, at rest, signed off, over. `final` and `promised_at` repeat the
    ticket's, so that the open tickets of a unit are read in the order of a list.
    """

    __tablename__ = "cooperator"
    __table_args__ = (
        Index("cooperator_of_unit", "unit", "ticket"),
        partial("cooperator_promised", "unit", "promised_at", "ticket", where="NOT final"),
        # Whose part is open: `list --turn cooperator`.
        partial("cooperator_open", "unit", "ticket", where="due_at IS NOT NULL"),
    )
    ticket: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="ticket.id", sa_column_kwargs={"autoincrement": False})
    unit: str = text(primary_key=True, foreign_key="unit.code")
    due_at: datetime | None = at(nullable=True)
    promised_at: datetime | None = at(nullable=True)
    final: bool = flag("final_truth")


class NoticeRow(Row, table=True):
    """The outbox: at least once for each event, recipient and channel; `dead` ones are given up and shown by `doctor`.

    The event is named by its stream and its place there, which say the same in every copy of the record.
    `message` is the first notice of those that went out together: a message that is tried again holds what it held before.
    """

    __tablename__ = "notice"
    __table_args__ = (
        # What makes a repeated sweep harmless; and the notices of a stream are found by it, where its words are erased.
        Unique("stream", "seq", "recipient", "channel"),
        References(("stream", "seq"), ("event.stream", "event.seq")),
        check("tries_not_negative", "tries >= 0"),
        check("dead_is_unsent", "NOT dead OR sent_at IS NULL"),
        # The outbox worker asks for whom something waits, then claims what goes out together: everything new for one person by one
        # channel, or the notices of a message that failed before. What was sent is most of the table and not in here.
        partial("notice_waiting", "channel", "recipient", "message", "next_try_at", "id", where="sent_at IS NULL AND NOT dead"),
        # What was given up, for the office to look at; it should be little.
        partial("notice_dead", "id", where="dead"),
        # The inbox of a person, newest first.
        Index("notice_inbox", "recipient", "channel", "id"),
    )
    id: int = Field(sa_type=Identity, primary_key=True)
    stream: int = Field(sa_type=BigInteger, nullable=False)
    seq: int = Field(nullable=False)
    recipient: str = text()
    channel: str = text()
    not_before: datetime = at()
    created_at: datetime = at()
    sent_at: datetime | None = at(nullable=True)
    tries: int = Field(nullable=False)
    next_try_at: datetime = at()
    error: str | None = text(nullable=True)
    dead: bool = flag("dead_truth")
    body: str | None = text(nullable=True)
    message: int | None = Field(sa_type=BigInteger, nullable=True)
    read_at: datetime | None = at(nullable=True)


class Counter(Row, table=True):
    """The last serial given, for a series of numbers and a year: an office's for tickets, `B` for batches.

    Series '' and year 0 count the ids of streams, whatever each of them is about.
    """

    __tablename__ = "counter"
    __table_args__ = (check("last_from_one", "last >= 1"),)
    office: str = text(primary_key=True)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = Field(sa_type=BigInteger, nullable=False)


class SealRow(Row, table=True):
    """A checkpoint (存证) over all events up to an id, in a signed note. `root` has 32 bytes, `frontier` is some such hashes in a row."""

    __tablename__ = "seal"
    __table_args__ = (
        check("n_from_one", "n >= 1"),
        check("covers_something", "upto >= 0 AND size >= 0"),
        check("root_length", "length(root) = 32"),
        check("frontier_length", "length(frontier) % 32 = 0"),
    )
    n: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    upto: int = Field(sa_type=BigInteger, nullable=False)
    size: int = Field(sa_type=BigInteger, nullable=False)
    root: bytes = blob()
    frontier: bytes = blob()
    at: datetime = at()
    note: str = text()


class EvidenceRow(Row, table=True):
    """A file that proves something, by its content. Its names are words of events; the bytes lie outside the database."""

    __tablename__ = "evidence"
    __table_args__ = (check("sha256_length", "length(sha256) = 64"), check("bytes_not_negative", "bytes >= 0"))
    sha256: str = text(primary_key=True)
    bytes: int = Field(sa_type=BigInteger, nullable=False)
    type: str = text()
    stored_at: datetime = at()


class CitationRow(Row, table=True):
    """Which events cite a file: an index of the events, for "this file was used before" and for getting a file back.

    The foreign key to the file is what lets nobody sweep away a file that is just being cited.
    """

    __tablename__ = "citation"
    __table_args__ = (
        Index("citation_of_file", "sha256", "stream"),
        References(("stream", "seq"), ("event.stream", "event.seq")),
    )
    stream: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sha256: str = text(primary_key=True, foreign_key="evidence.sha256")


class Setting(Row, table=True):
    """What this database is: the office's name, its seed, a sandbox's clock, the head of the administration's stream."""

    __tablename__ = "setting"
    name: str = text(primary_key=True)
    value: str = text()


class Heartbeat(Row, table=True):
    """When each duty of the watch last ran, and last ran well (real time); `seconds`: when it may be expected again.

    `detail` is JSON: what it did, or the code of the error that stopped it.
    """

    __tablename__ = "heartbeat"
    __table_args__ = (check("seconds_from_one", "seconds >= 1"),)
    duty: str = text(primary_key=True)
    process: str = text()
    well_at: datetime | None = at(nullable=True)
    at: datetime = at()
    seconds: int = Field(nullable=False)
    detail: str = text()
