"""Options whose value is a code: typed as the code, or as the screen calls it in any language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from engine.errors import UsageError
from engine.rules.ticket_number import separated
from engine.words.phrase import Phrase


class Coded(click.Choice[str]):
    """A choice among codes that may be typed by their names. `group` is where `engine/words` has these names."""

    def __init__(self, codes: Iterable[str], group: str) -> None:
        super().__init__(list(codes))
        self.group = group

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The option's own name: the choices stand in its text, where each has its name."""
        return (param.opts[0] if param.opts else str(param.name)).lstrip("-").upper()

    def named(self, language: str) -> list[str]:
        """The choices as they are told: by their names, with the codes that are typed."""
        return [Phrase(language).choice(self.group, code) for code in self.choices]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return str(value)
        from engine.words.vocabulary import code_of  # who types the code reads no names

        return super().convert(code_of(str(value), self.choices, self.group) or value, param, ctx)


class Several(click.Option):
    """An option that may be given several times, or once with a list: `--light 红、黄`."""

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        parts = [part for item in value for part in separated(item)] if value else value
        return super().type_cast_value(ctx, parts)


class Once(click.Option):
    """An option that takes one value where others take several: given twice it is refused, and not the first of them passed over."""

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        parser.add_option(obj=self, opts=self.opts, dest=self.name, action="append", nargs=self.nargs)

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        if isinstance(value, list) and len(value) > 1:
            raise UsageError(reason="usage-twice", text=self.opts[0])
        return super().type_cast_value(ctx, value[0] if isinstance(value, list) else value)


def several(*names: str, **attributes: Any) -> click.Option:
    """An option that may be given several times, or once with a list."""
    return Several(list(names), multiple=True, **attributes)
