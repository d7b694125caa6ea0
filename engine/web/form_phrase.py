"""How values are put to whoever fills in a form: its fields are called as the page calls them, and not as they are typed at a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from engine.words import say
from engine.words.phrase import Phrase


@dataclass(frozen=True, slots=True)
class FormPhrase(Phrase):
    """Puts values into words beside the form of an act, by the labels of its fields. `act` is the trigger."""

    act: str | None = None

    def option(self, name: str, trigger: str | None = None) -> str:
        """The label of a field."""
        return say("page.tickets.called", self.language, label=self.field(name, trigger or self.act))

    def option_name(self, name: str) -> str:
        """The label of a field."""
        return self.option(name)
