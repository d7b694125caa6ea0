"""Our statements, as PostgreSQL takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VALUE = re.compile(r"(?<!:):([a-z][a-z0-9_]*)")
_LIST = re.compile(r"\bIN :([a-z][a-z0-9_]*)")
_ABSENT = re.compile(r"\bNOT IN :([a-z][a-z0-9_]*)")

_KINDS = {
    **dict.fromkeys(("hash", "head"), "bytea"),
    **dict.fromkeys(("at", "not_before"), "timestamptz"),
    **dict.fromkeys(
        ("id", "stream", "seq", "version", "read_version", "level", "acted_level", "attempt", "urged", "parent", "year", "serial",
         "late_days", "misses", "relapses", "confirmed", "results_version"),
        "bigint",
    ),
    **dict.fromkeys(
        ("final", "endorsed", "to_revise", "designated", "instructed", "standing", "evidenced", "submitted", "on_time"), "boolean",
    ),
}
"""What the values of many rows are, by their names, where they are no text; whatever ends in `_at` or `_since` is a moment."""


def translated(sql: str) -> str:
    """The statement with its values and lists by name, and with the locks that are asked for."""
    sql = sql.replace("%", "%%").replace("{lock}", "FOR UPDATE").replace("{share}", "FOR SHARE")
    sql = sql.replace("{free}", "FOR UPDATE SKIP LOCKED").replace("{kept}", "FOR SHARE NOWAIT").replace("{raw}", "")
    sql = sql.replace("{from given}", "").replace("{and given}", "")
    sql = _ABSENT.sub(r"<> ALL(%(\1)s)", sql)
    sql = _LIST.sub(r"= ANY(%(\1)s)", sql)
    return _VALUE.sub(r"%(\1)s", sql)


def kind_of(name: str) -> str:
    """The type of a value that is given with many rows."""
    return "timestamptz" if name.endswith(("_at", "_since")) else _KINDS.get(name, "text")


def given_rows(sql: str, names: Sequence[str]) -> str:
    """The statement with a row for each object of the JSON text `given`; a value is `_name`, which no column is called."""
    kinds = {name: kind_of(name) for name in names}
    columns = ", ".join(f"{name} {'text' if kind == 'bytea' else kind}" for name, kind in kinds.items())
    values = ", ".join(
        f"decode({name}, 'base64') AS _{name}" if kind == "bytea" else f"{name} AS _{name}" for name, kind in kinds.items()
    )
    rows = f"(SELECT {values} FROM json_to_recordset(%(given)s) AS line ({columns})) AS given"  # noqa: S608 – names from our statements
    statement = _VALUE.sub(r"_\1", sql.replace("%", "%%"))
    return statement.replace("{from given}", f"FROM {rows}").replace("{and given}", f"CROSS JOIN {rows}")


def counted(sql: str, expect: int | str) -> str:
    """The write, failing inside the server unless it hits that many rows, so that the COMMIT behind it comes to nothing.

    Asking for the count would cost a round trip before every commit; a division by zero costs nothing.
    """
    return f"WITH hit AS ({sql} RETURNING 1) SELECT 1 / (CASE WHEN count(*) = {expect} THEN 1 ELSE 0 END) FROM hit"  # noqa: S608
