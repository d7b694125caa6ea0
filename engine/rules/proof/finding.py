"""What the audit finds, in the record or in an exported file."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as of_class

from engine.errors import Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not verify. `code` says which kind, `seq` which event, `field` which column, value or line, `seal` which seal,
    `table` and `key` which row of a table that follows from the administration's stream, or which part of the schema.

    `altered` an event is not what was hashed · `gap` an event is missing · `cut` the last events are missing · `words` what was typed is
    not what was hashed, or vanished without redaction · `row` a column is not what the events tell · `fold` the events cannot follow each
    other · `no-ticket` events without a ticket or batch · `no-events` one without events · `number` a number missing, or given by no
    counter · `cooperators` the index of cooperating units is not the ticket's · `line` a line of a file cannot be read, or the file is not
    whole · `citations` the index of files is not that of the events · `evidence-missing`, `evidence-altered` a file that the event cites
    (`field`) is not there, or another one · `evidence-row` the row of a file that the event cites (`field`) is not there, or not what the
    event says of it · `astray` a row of a table (`field`) that belongs to no stream · `schema` the record names another schema than this
    program's · `proof` nothing shows that an event was sealed · `seal` a seal is not what was signed, or does not follow the one before ·
    `no-seal` a seal is missing · `untold` no event tells of a seal · `sealed` the events it covers are not those it was taken over
    (`field`: between which ids; or that some are missing or more) · `key` a key that nobody vouches for, or another one than is known ·
    `restored` a copy was gone on with that held other events than its entry says ·
    `key-lost` a key was replaced without the old one's word (`key`: by which) ·
    `unvouched` nothing from elsewhere speaks for any event of a file · `tail` nor for its last ones (`field`: how many) ·
    `witness` a witness (`field`) saw another record · `witnesses` fewer signed the last seal than are demanded ·
    `witness-behind` one of those that did not (`seal`: which it signed last, `why`) · `cosignature` what bears the name of a witness
    (`field`) is not what it signed · `unwitnessed` it signed no seal of a file ·
    `list-line`, `cosignature-line` a line (`field`) of the list beside the key, or of what was kept of witnesses, cannot be read ·
    `algorithms` from an entry on others hold than this program knows ·
    `seal-gone`, `seal-other` a seal that is known is not there, or another one · `copy-behind` the record ends before what is known of it,
    as a copy that was put back does (`field`: how many events were sealed after) · `unlawful` the event is against the rules of its time
    (`field`: the code of `why`) · `row-untold` no entry tells of a row · `row-gone` a row that the entries tell is not there ·
    `row-differs` a column of it (`field`) is not what they tell · `misnamed` what a row holds does not hash to the name it has · `entry` an
    entry tells a row that cannot be · `ids` the counter of streams is not at the last one · `schema-foreign`, `schema-missing`,
    `schema-differs` a table, column, constraint, index, trigger, view or rule is there that we did not make, is not there, or is another
    one · `link` a ticket names another (`field`), as its original or as an earlier finding, that is not in the record.
    """

    code: str
    stream: int | None = None
    number: str | None = None
    seq: int | None = None
    field: str | None = None
    seal: int | None = None
    table: str | None = None
    key: str | None = None
    why: Reason | None = of_class(default=None, compare=False)
