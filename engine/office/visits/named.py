"""Photos that a sheet or a folder names. Strangers write sheets: what they name stands beside the sheet and shows something.

Otherwise a sheet could name any file of the machine on which it is entered, such as a key, and that would be kept as evidence.
"""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from engine.desk.filing import inspect
from engine.record.evidence import BadEvidence
from engine.rules.ticket_facts import Evidence

SHOWING = ("image/", "video/")
"""How the types of files begin that show what was seen."""


def photo_named(folder: Path, name: str) -> Path:
    """A photo of a folder, or of a folder in it, by its name there, or by its name alone where one of those has it. Raises BadEvidence for
    a name that leads elsewhere, by a link too.
    """
    named = PureWindowsPath(name)  # which knows the separators of every system
    steps = [folder.joinpath(*named.parts[:end]) for end in range(1, len(named.parts) + 1)]
    if not steps or named.anchor or ".." in named.parts or any(_is_link(step) for step in steps):
        raise BadEvidence(file=name, reason="photo-elsewhere")
    if len(steps) == 1 and len(beside := _beside(folder, steps[0].name)) == 1:
        return beside[0]
    return steps[-1]


def shown_in(photo: Path) -> Evidence:
    """A photo as evidence. Raises BadEvidence for what cannot be read, and for what shows nothing."""
    found = inspect(photo).evidence
    if not found.type.startswith(SHOWING):
        raise BadEvidence(file=photo.name, reason="photo-unreadable")
    return found


def _beside(folder: Path, name: str) -> list[Path]:
    """The files of this name in the folders of a folder that has none itself: photos often lie beside their sheet in one of their own."""
    there = sorted(folder.iterdir())
    if any(path.name == name for path in there):
        return []
    folders = [path for path in there if path.is_dir() and not path.is_symlink()]
    return [path for each in folders for path in each.iterdir() if path.name == name and not path.is_symlink()]


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # a name that no file can have, which the reading says
        return False
