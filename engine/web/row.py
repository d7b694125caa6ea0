"""A row of the site map: one address, what answers it, who is asked for, and for programs what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import compile_path

from engine.web.api.said import Said
from engine.web.context import Context
from engine.web.rule import Rule


@dataclass(frozen=True, slots=True)
class Row:
    """One address. `before` is asked before the body of a POST is read, where there is more to ask than the rule. `said` is what a row of
    the API takes and gives; a page has none. `files`: a form may bring some. `unattended`: scripts ask by
    themselves, so that it keeps no session from ending. `logged`: what the access log says of a request that was
    answered.
    """

    method: str
    path: str
    handler: Callable[[Context], Response]
    rule: Rule
    before: Callable[[Context], None] | None = None
    said: Said | None = None
    files: bool = False
    unattended: bool = False
    logged: str | None = None

    @property
    def takes_files(self) -> bool:
        return self.files or (self.said is not None and self.said.files)

    def takes(self, path: str) -> bool:
        """Whether a path is one of this row's."""
        return compile_path(self.path)[0].match(path) is not None
