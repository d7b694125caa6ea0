"""When each duty of the watch last went well: for whoever looks from outside whether time is being kept."""

from __future__ import annotations

from datetime import datetime

from engine.record import queries
from engine.record.database import Database


def since_well(database: Database, now: datetime) -> dict[str, float]:
    """Seconds since each duty last went well; of one that never did nothing is said. `now` is real time."""
    return {str(row[0]): (now - row[3]).total_seconds() for row in database.rows(queries.HEARTBEATS) if row[3] is not None}
