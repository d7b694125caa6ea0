"""What units and accounts are and were called, read from the record when the first name is asked for."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import cached_property

from engine.record.database import Database
from engine.record.people import Titles, read_titles
from engine.record.unit_list import Names, read_names
from engine.words import OFFICE_LANGUAGE, say


class Naming:
    """Names of units and accounts for showing. A command that shows none of them does not wait for the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unit(self, code: str) -> str:
        """The name of a unit, its last one if it ended; the code where it never had one."""
        return self._units.now(code)

    def unit_on(self, code: str, day: date) -> str:
        """The name a unit had on a day of the office."""
        return self._units.on(code, day)

    def title(self, account: str, at: datetime) -> str:
        """What an account was called at a time; its name where it never had a title."""
        return self._titles.at(account, at)

    def post(self, account: str) -> tuple[str, str | None] | None:
        """The role and the unit of an account; None where there is no such account."""
        return self._titles.posts.get(account)

    def person(self, account: str, at: datetime, zone: tzinfo, language: str) -> str:
        """The name and post of an account, as it was called at a moment: `李志远（分管市领导）`."""
        post = self.post(account)
        return account if post is None else self.called(account, *post, at, zone, language)

    def called(self, account: str, role: str, unit: str | None, at: datetime, zone: tzinfo, language: str) -> str:
        """The name of an account with this role and unit. Whoever is called by the post alone has no other name: `市税务局联络员`."""
        title, name = self.title(account, at), self.unit_on(unit, at.astimezone(zone).date()) if unit else ""
        post = say("log.post", language, unit=name, role=say(f"role.{role}", language)).strip()
        if title in (account, post, f"{name}{say(f'role.{role}', OFFICE_LANGUAGE)}"):
            return post
        return say("person", language, name=title, post=post)

    @cached_property
    def _units(self) -> Names:
        return self._database.remembered(read_names)

    @cached_property
    def _titles(self) -> Titles:
        return self._database.remembered(read_titles)
