"""One request past the gate: who asks, in which language, over which open record, and what the form says. Frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.app.opening import AppContext
from engine.app.serving import OpenRecord
from engine.app.settings import Settings
from engine.desk.filing import HandedIn, inspect
from engine.errors import NotSignedIn
from engine.web.asked import Asked
from engine.web.query import Texts, query_texts
from engine.web.rule import Actor
from engine.web.session import LANGUAGE, THEME, kept
from engine.web.site import Site
from engine.web.upload import NOTHING, Received
from engine.words import FOREIGN_LANGUAGE, LANGUAGES

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Context:
    """What an endpoint is given. `secret` is the browser's own, where it is signed in by a cookie."""

    asked: Asked
    site: Site
    record: OpenRecord
    actor: Actor | None = None
    secret: str | None = None
    form: Received = field(default=NOTHING)

    @property
    def who(self) -> Actor:
        """Whoever is signed in. Raises NotSignedIn."""
        if self.actor is None:
            raise NotSignedIn(reason="sign-in-first")
        return self.actor

    @property
    def settings(self) -> Settings:
        return self.site.settings

    @property
    def app(self) -> AppContext:
        """The application context of whoever is signed in."""
        return self.record.acting(self.who)

    def handed_in(self) -> list[HandedIn]:
        """The files of the form, looked at as evidence; nothing is kept of them yet. Raises BadEvidence for what cannot be kept."""
        return [inspect(file.path, file.name) for file in self.form.files]

    @property
    def query(self) -> Texts:
        """What the address says behind its question mark. Raises UsageError."""
        return query_texts(self.asked.query)

    @property
    def language(self) -> str:
        return language_of(self.asked, self.settings)

    @property
    def theme(self) -> str:
        chosen = kept(self.asked, THEME)
        return chosen if chosen in THEMES else THEMES[0]


def language_of(asked: Asked, settings: Settings) -> str:
    """The language that a person chose, else the first of the browser's that we speak, else the office's."""
    chosen = kept(asked, LANGUAGE)
    if chosen in LANGUAGES:
        return chosen
    for part in asked.heads.get("accept-language", "").split(","):
        tag = part.partition(";")[0].strip().lower()
        found = next((code for code, language in LANGUAGES.items() if tag.startswith((code, *language.locales))), None)
        if found is not None:
            return found
    return FOREIGN_LANGUAGE if asked.heads.get("accept-language") else settings.language
