"""The six rules that a row of the site map may have: who is asked for before a page is shown or an act is looked at.

A rule says what the gate asks and no more. Whether somebody may see a certain ticket, or do something to it, the desk decides: it is asked
by every door.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import NotPermitted, NotSignedIn
from engine.rules.access import (
    ACT,
    BRING,
    may_administer,
    may_bring_feedback,
    may_evaluate,
    may_export,
    may_keep_accounts,
    may_open,
    may_open_own,
    may_read_common,
    may_read_feedback,
    may_separate,
    may_visit,
    may_watch,
    must,
)
from engine.rules.access import Actor as Actor
from engine.web.limits import NotInScope, OnlyBrings


@dataclass(frozen=True, slots=True)
class Rule:
    """What a row asks for. `may` is the predicate that must hold of whoever comes; `kind` says which link a path holds; `first`: it may be
    done by whoever has to choose another password, or to set up a second factor, before anything else, and by no program.
    """

    name: str
    account: bool = False
    may: Callable[[Actor], bool] | None = None
    kind: str = ""
    first: bool = False

    def ask(self, actor: Actor | None) -> None:
        """Raises NotSignedIn for a stranger where an account is asked for, and NotPermitted where the predicate does not hold, and for a
        program where it is about what opens its account.
        """
        if not self.account:
            return
        if actor is None:
            raise NotSignedIn(reason="sign-in-first")
        if self.first and not may_open_own(actor):
            raise NotPermitted(reason="account-by-token", actor=actor.name)
        if self.may is not None:
            must(self.may, actor)


def ask_scope(scope: str, method: str, rule: Rule) -> None:
    """Raises NotInScope where a token is for reading alone and more is asked, which follows from the method; OnlyBrings where it is for
    what a platform sends, and anything else is asked.
    """
    if scope == BRING:
        if rule is not BRINGS:
            raise OnlyBrings
    elif method != "GET" and scope != ACT:
        raise NotInScope


PUBLIC = Rule("PUBLIC")
"""Nothing is asked: signing in, the look of the pages, whether the program is well."""

OWN = Rule("OWN", account=True)
"""An account; the answer is about that account alone."""

OWN_FIRST = Rule("OWN", account=True, first=True)
"""The same, of what opens the account."""

SEEN = Rule("SEEN", account=True)
"""An account; whether it may see the thing or do that to it, the desk says."""


def link(kind: str) -> Rule:
    """A secret in the path, which the registry knows: an invitation."""
    return Rule("LINK", kind=kind)


def may(predicate: Callable[[Actor], bool]) -> Rule:
    """An account of which a function of `rules.access` holds; what is guarded asks the same again."""
    return Rule("MAY", account=True, may=predicate)


OPENS = may(may_open)
"""Who opens tickets."""

ADMINISTERS = may(may_administer)
"""Who looks after units, workflows and messages."""

KEEPS_ACCOUNTS = may(may_keep_accounts)
"""Who enters accounts, or says what they may."""

SEPARATES = may(may_separate)
"""Who parts the administrator's work in three."""

VISITS = may(may_visit)
"""Who goes on visits, and enters what they find."""

EVALUATES = may(may_evaluate)
"""Who enters rounds of evaluation."""

BRINGS = may(may_bring_feedback)
"""Who brings what other platforms send."""

READS_FEEDBACK = may(may_read_feedback)
"""Who reads what other platforms sent."""

READS_LEDGER = may(may_export)
"""Who reads the ledger at all, as far as it is theirs."""

READS = may(may_read_common)
"""Who reads what is closed to no person."""

WATCHES = may(may_watch)
"""Who sees how it goes as a whole."""
