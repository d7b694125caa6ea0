"""A filter of the ledger under a name, as it was saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode


class SavedView(NamedTuple):
    """A filter under a name. `audience`: whose it is; `texts` are what was typed, by filter; `removable`: whoever looks may remove it."""

    name: str
    audience: str
    texts: Mapping[str, Sequence[str]]
    saved_by: str
    removable: bool

    @property
    def query(self) -> str:
        """The filter as the address of the ledger holds it, in one order."""
        return urlencode(sorted((name, text) for name, texts in self.texts.items() for text in texts))
