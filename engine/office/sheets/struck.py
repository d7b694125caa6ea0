"""What of the texts of an xlsx is struck out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.office.sheets.container import Container, parser

Struck = tuple[Literal["whole", "part"], str, str]
"""How much of a text is struck out, what of it is, and what is not."""

ON = ("1", "true")


@dataclass(slots=True)
class Run:
    """A piece of a text that looks the same throughout."""

    text: str = ""
    struck: bool = False


def struck_of(runs: list[Run]) -> Struck | None:
    """What of a text is struck out; None where nothing is."""
    struck = "".join(run.text for run in runs if run.struck)
    if not struck.strip():
        return None
    live = "".join(run.text for run in runs if not run.struck)
    return ("part" if live.strip() else "whole"), struck, live


def struck_strings(container: Container) -> dict[int, Struck]:
    """The shared texts of which something is struck out, by number."""
    member = "xl/sharedStrings.xml"
    if member not in container.members or b"strike" not in container.text(member):
        return {}
    found: dict[int, Struck] = {}
    runs: list[Run] = []
    number, reading = -1, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, reading
        match name.rpartition(" ")[2]:
            case "si":
                number += 1
                runs.clear()
            case "r":
                runs.append(Run())
            case "strike" if runs:
                runs[-1].struck = attributes.get("val", "1") in ON
            case "t" if runs:
                reading = True

    def end(name: str) -> None:
        nonlocal reading
        match name.rpartition(" ")[2]:
            case "t":
                reading = False
            case "si":
                struck = struck_of(runs)
                if struck is not None:
                    found[number] = struck

    def text(piece: str) -> None:
        if reading:
            runs[-1].text += piece

    container.parse(member, parser(start, end, text))
    return found
