"""Values as people read them: units by name, states by title, moments in office time, lists with the right comma."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from engine.errors import Reason
from engine.rules.definition import ANY_GRADE, Definition, State, Trigger
from engine.rules.wording import FILE_WORDS
from engine.words import has, plain, say
from engine.words.vocabulary import choice_group, folded

if TYPE_CHECKING:
    from engine.rules.event import Event

BEFORE_A_CLOSE = 999_999
"""The microsecond of the last moment before a close: `desk.intake` keeps a day that was named without its hour as that."""

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class TypedOption:
    """How an input is given by whoever reads a text. `name` alone is `--lead`; on a page, where `before` is None, what its field is called.

    Formatted it stands with its value, or with the one that a format names: `{typed.hidden:skip}` is `--hidden skip`.
    """

    name: str
    before: str | None
    value: str
    colon: str

    def __format__(self, spec: str) -> str:
        return self.name if self.before is None else f"{self.before}{spec or self.value}".rstrip()

    @property
    def aside(self) -> str:
        """The whole behind a colon, after what is missing; nothing on a page, whose reader sees the field."""
        return "" if self.before is None else f"{self.colon}{self}"


@dataclass(frozen=True, slots=True)
class TypedOptions:
    """Every input as whoever reads it gives it, for texts: `{typed.lead}` is `--lead 单位`, `{typed.lead.name}` is `--lead`; on a page both
    are “牵头单位”.
    """

    phrase: Phrase

    def __getattr__(self, name: str) -> TypedOption:
        return self.phrase.typed_option(name)


OF_THE_COMMAND: Mapping[str, str] = {"file": "--file", "on": "--on", "for": "--for", "paper-basis": "--basis"}
"""What every act takes beside its inputs, and so as an option even where inputs are typed otherwise (`zg do --set NAME=VALUE`)."""

FILTER_GROUPS: Mapping[str, str] = {
    "light": "light", "turn": "who", "source": "source", "level": "level", "state": "state", "grade": "grade",
}
"""Where `engine/words` has the names of the values of each filter of the ledger."""

AT_ONCE = "0 working days"
"""The amount of time of what is to be done on the same day (立即)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Puts values into words in one language, for one workflow. `labels` are an office's own words (`zg.toml`). `typed` is how an input
    is given by whoever reads it: `--{name}` on the command line, None on a page, whose fields are called by their words; `act` is the
    trigger whose form the page shows.
    """

    language: str
    labels: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    definition: Definition | None = None
    unit_name: Callable[[str], str] = str
    zone: tzinfo = OFFICE_ZONE
    person_name: Callable[[str], str] = str
    typed: str | None = "--{name}"
    act: str | None = None

    def say(self, code: str, /, **values: Any) -> str:
        if not values and (found := plain(code, self.language)) is not None:
            return found
        return say(code, self.language, **self.values(values))

    def label(self, group: str, name: str) -> str:
        """`source.visit` in words; the name itself if it has none."""
        code = f"{group}.{name}"
        return say(code, self.language) if has(code, self.language) else name

    def field(self, name: str, trigger: str | None = None) -> str:
        """An input of a trigger in words: what `by` means depends on what is done."""
        if name.startswith(FILE_WORDS):  # its name, under which no trigger asks for anything
            return self.say("field.file-name")
        own = f"input.{trigger}.{name}"
        return say(own, self.language) if has(own, self.language) else self.label("input", name)

    def choice(self, group: str, code: str) -> str:
        """What may be typed for an option: what it is called, and its code: `明察暗访 visit`."""
        return self._with_code(self.label(group, code), code)

    def _with_code(self, name: str, code: str) -> str:
        same = folded(name) == folded(code.replace("-", " "))
        return code if same else say("choice.typed", self.language, name=name, code=code)

    def state(self, name: str | None) -> str:
        if name is None:
            return ""
        own = self.labels.get("states", {}).get(name)
        state = self.definition.states.get(name) if self.definition else None
        return own or (state.title.in_language(self.language) if state else self.label("state", name))

    def trigger(self, name: str) -> str:
        own = self.labels.get("triggers", {}).get(name)
        trigger = self.definition.triggers.get(name) if self.definition else None
        return own or (trigger.title.in_language(self.language) if trigger else self.label("trigger", name))

    def deed(self, name: str) -> str:
        """What an event tells of: the act that was done, else the kind of the event."""
        said = self.trigger(name)
        return self.label("kind", name) if said == name else said

    def clock(self, name: str) -> str:
        """A clock's title, with the unit whose own one it is."""
        base, _, unit = name.partition(":")
        clock = self.definition.clocks.get(base) if self.definition else None
        if clock is None:
            return self.label("clock", name)
        title = clock.title.in_language(self.language)
        return say("clock.of", self.language, clock=title, unit=self.unit(unit)) if self.unit(unit) != unit else title

    def rung(self, clock: str, name: str, kept: str = "") -> str:
        """A rung's title as the definition has it; else the name the event kept."""
        limit = self.definition.clocks.get(clock.partition(":")[0]) if self.definition else None
        if limit is None and has(f"clock.{clock}", self.language):  # the clock of last resort stands in no definition
            return self.label("clock", clock)
        rungs = self.definition.ladders[limit.ladder].rungs if self.definition and limit else ()
        return next((rung.title.in_language(self.language) for rung in rungs if rung.name == name), kept or name)

    def fired(self, event: Event) -> str:
        """What a rung that fired is called: its title; a repetition by its clock and number."""
        data = event.data
        if "n" in data:
            return self.repeated(data["clock"], data["n"], data.get("missed", 0))
        return self.rung(data["clock"], data["rung"], data.get("name", ""))

    def repeated(self, clock: str, n: int, missed: int = 0) -> str:
        """A repetition, and how many before it did not ring. It names no rung: that may have proposed what a unit is not told of."""
        return self.say("rung.repeated-missed" if missed else "rung.repeated", clock=clock, n=n, missed=missed)

    def rung_title(self, name: str) -> str:
        """A rung's title, whatever its ladder."""
        ladders = self.definition.ladders.values() if self.definition else ()
        titles = (rung.title.in_language(self.language) for ladder in ladders for rung in ladder.rungs if rung.name == name)
        return next(titles, name)

    def awaited(self, name: str) -> str:
        """What waits to be signed or agreed to: a rung by its title, else what a leader may also be asked."""
        said = self.label("consent", name)
        return self.rung_title(name) if said == name else said

    def grade(self, name: str | None) -> str:
        if name is None or name == ANY_GRADE:
            return ""
        grade = self.definition.grades.get(name) if self.definition else None
        return grade.in_language(self.language) if grade else name

    def unit(self, code: str | None) -> str:
        return self.unit_name(code) if code else ""

    def person(self, account: str | None) -> str:
        return self.person_name(account) if account else ""

    def option(self, name: str, trigger: str | None = None) -> str:
        """How an input of a trigger is typed, with what stands after it: `--by 姓名或职务`, `--as duplicate|mistake`."""
        return f"{self.typed_option(name, trigger)}"

    def typed_option(self, name: str, trigger: str | None = None) -> TypedOption:
        """How an input of a trigger is given."""
        if self.typed is None:
            return TypedOption(self.say("quoted", text=self.field(name, trigger or self.act)), None, "", "")
        option = self.option_name(name)
        own = self.definition.triggers.get(trigger) if self.definition and trigger else None
        taken = own.takes(name) if own else None
        value = "|".join(taken.choices) if taken and taken.choices else self._typed_value(name)
        before = option if option.endswith("=") else f"{option} "
        return TypedOption(option.removesuffix("="), before, value, self.say("list.colon"))

    def option_name(self, name: str) -> str:
        """An option as it is typed: `--lead`."""
        plain_name = name.replace("_", "-")
        return OF_THE_COMMAND.get(plain_name) or (self.typed or "{name}").format(name=plain_name)

    def _typed_value(self, name: str) -> str:
        code = f"typed.{name}"
        return say(code, self.language) if has(code, self.language) else ""

    def moment(self, at: datetime | None) -> str:
        """Office time to the minute; of a paper that named its day only, the day."""
        if at is None:
            return ""
        return at.astimezone(self.zone).strftime("%Y-%m-%d" if at.microsecond == BEFORE_A_CLOSE else "%Y-%m-%d %H:%M")

    def day(self, at: datetime | None) -> str:
        """The office's day."""
        return at.astimezone(self.zone).date().isoformat() if at else ""

    def amount(self, text: str) -> str:
        """`5 working days` as people say it."""
        number, _, unit = text.partition(" ")
        code = "amount.at-once" if text == AT_ONCE else f"amount.{unit.removesuffix('s').replace(' ', '-')}"
        if not has(code, self.language):
            return text
        return say(code, self.language, number=number)

    def demand(self, text: str | None) -> str:
        """What a target demands: `<=5工作日` as `≤5工作日`, `rank<=9` as `位次≤9`."""
        number = (text or "").lstrip(ascii_lowercase)
        by = (text or "").removesuffix(number)
        return (self.say(f"demand.{by}") if by else "") + number.replace("<=", "≤").replace(">=", "≥")

    def several(self, items: Iterable[object]) -> str:
        return say("list.comma", self.language).join(str(item) for item in items)

    def reason(self, reason: Reason) -> str:
        """Why something is refused, in one line."""
        if not has(reason.code, self.language):
            return reason.code
        missing = {"option": self.typed_option(reason.needs[0])} if reason.needs else {}
        return say(reason.code, self.language, **{**missing, **self.values(reason.values)})

    def values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Each value by its name and kind. What is not known stays as it is."""
        spoken = {name: self._value(name, value) for name, value in values.items() if value is not None} | {"typed": TypedOptions(self)}
        if isinstance(values.get("field"), str):
            of = values.get("trigger") or self.act
            spoken["field"] = self.field(values["field"], of)
            spoken["option"] = self.typed_option(values["field"], of)
            if "choices" in values:
                spoken["choices"] = self.several(self.choice(choice_group(values["field"]), code) for code in values["choices"])
        if self.typed is None and isinstance(name := values.get("parameter"), str) and name in FILTER_GROUPS:
            spoken |= self._filter(name, values.get("choices", ()))
        trigger = self.definition.triggers.get(str(values.get("trigger"))) if self.definition else None
        if trigger is not None and "sources" not in spoken:
            spoken["sources"] = self.several(self.state(name) for name in trigger.sources)
        return spoken

    def _filter(self, name: str, choices: Iterable[object]) -> dict[str, str]:
        """A filter as a page calls it, with the name that stands in its address, and so what may be chosen for it."""
        said = (self.choice(FILTER_GROUPS[name], item) if isinstance(item, str) else self._item(item) for item in choices)
        return {"parameter": self.say("quoted", text=self.choice("field", name)), "choices": self.several(said)}

    def _value(self, name: str, value: Any) -> Any:
        in_words = _IN_WORDS.get(name)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, Reason):
            return self.reason(value)
        if isinstance(value, list | tuple | frozenset | set):
            return self.several(in_words(self, str(item)) if in_words else self._item(item) for item in value)
        return in_words(self, value) if in_words and isinstance(value, str) else value

    def _item(self, item: object) -> object:
        """One of several: a part of a workflow by its title and the code that is typed, which the office may call by words of its own."""
        if not isinstance(item, State | Trigger | Definition):
            return getattr(item, "name", item)
        own = self.labels.get("states" if isinstance(item, State) else "triggers", {}) if not isinstance(item, Definition) else {}
        return self._with_code(own.get(item.name) or item.title.in_language(self.language), item.name)


_IN_WORDS: Mapping[str, Callable[[Phrase, str], str]] = {
    "state": Phrase.state, "sources": Phrase.state, "trigger": Phrase.trigger, "what": Phrase.deed, "unit": Phrase.unit,
    "units": Phrase.unit, "grade": Phrase.grade, "cap": Phrase.amount, "clock": Phrase.clock,
    "rungs": Phrase.awaited, "others": Phrase.awaited, "rung": Phrase.awaited, "fields": lambda phrase, name: phrase.label("input", name),
    "actor": Phrase.person, "leader": Phrase.person, "leaders": Phrase.person,
    "possible_sources": lambda phrase, name: phrase.choice("source", name),
    "by": lambda phrase, name: phrase.label("who", name), "role": lambda phrase, name: phrase.label("role", name),
    "roles": lambda phrase, name: phrase.label("role", name),
}
