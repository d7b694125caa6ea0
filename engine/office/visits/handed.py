"""Pictures that are handed in, each kept as it is for the office, with a marked copy of it for the unit and what its camera wrote."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.desk.filing import HandedIn, inspect
from engine.record.evidence import BadEvidence
from engine.rules.acts.opening import COPY, ORIGINAL, Attached
from engine.rules.json_value import JsonObject
from engine.rules.wording import file_word

if TYPE_CHECKING:
    from engine.office.visits.photos import Photo

PICTURE = "image/"
"""How the type of a file begins of which a copy is made."""

PHOTO_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"})
"""How the name of a file ends that is meant to be a photo."""


@contextmanager
def looked_at(files: Sequence[HandedIn], mark: Sequence[str], called: str) -> Iterator[Handed]:
    """The files, each photo with a copy that lives until the end, marked with these lines, and called by a word and which of them it is:
    nothing of what its owner called it. Raises BadEvidence.
    """
    with tempfile.TemporaryDirectory(prefix="zg-photos-") as folder:  # its owner's alone
        handed = Handed(Path(folder))
        for place, original in enumerate(files, 1):
            if not original.evidence.type.startswith(PICTURE) and Path(original.name).suffix.lower() in PHOTO_ENDINGS:
                # Its unit would be given no copy of it, and nobody would say so.
                raise BadEvidence(file=original.name, reason="photo-unreadable")
            handed.add(original, mark, f"{called}-{place}.jpg")
        yield handed


class Handed:
    """Files that are handed in, and the copies that are made of the pictures among them in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[HandedIn] = []
        self.copies: list[HandedIn] = []
        self.photos: JsonObject = {}

    def add(self, original: HandedIn, mark: Sequence[str], copy_name: str) -> None:
        """Takes a file, and of a picture makes the copy, marked with these lines. Raises BadEvidence for a picture that cannot be read."""
        if original.evidence.type.startswith(PICTURE):
            from engine.office.visits.photos import look  # what holds no picture does not pay for the library that reads them

            self.add_photo(original, look(original.path, mark, original.name), copy_name)
        else:
            self.files.append(original)

    def add_photo(self, original: HandedIn, photo: Photo, copy_name: str) -> None:
        """Takes a picture that was looked at, with its copy."""
        painted = self.folder / f"{len(self.copies)}.jpg"
        painted.write_bytes(photo.copy)
        self.copies.append(inspect(painted, copy_name))
        self.photos[original.evidence.sha256] = photo.facts.to_json() | {"copy": self.copies[-1].evidence.sha256}
        self.files.append(original)

    def all(self) -> tuple[HandedIn, ...]:
        """Every file that is kept."""
        return (*self.files, *self.copies)

    def attached(self) -> Attached:
        """What the event says of them: what is the office's own, and what the unit is given, each once."""
        originals = (file.evidence._replace(kind=ORIGINAL) for file in self.files)
        cited = tuple(dict.fromkeys((*originals, *(file.evidence._replace(kind=COPY) for file in self.copies))))
        return Attached(cited, {file_word(file.evidence.sha256): file.name for file in self.all()}, self.photos)
