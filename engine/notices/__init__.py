"""Notices (提醒消息): who is told of what, by which channel and from when; their texts; and the outbox worker that sends them.

`queue` writes them in the transaction of their event, `delivery` sends what may go out now, `inbox` is what a person reads. No write
ever waits for a mail server, and no lost mail ever loses an event.

In reading order: queue, reach, inbox, texts, outbox, hours, writing, delivery, setup_table, setup, address, channels/.
"""

from __future__ import annotations

from engine.notices.queue import notices_of, withdraw
from engine.notices.reach import INBOX

__all__ = ["INBOX", "notices_of", "withdraw"]
