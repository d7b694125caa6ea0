"""How high the rows and how wide the columns of a sheet are, and so which cell a place lies in that is told by its distance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.office.sheets.sheet import Place

POINT, PIXEL = 12_700, 9_525
"""A point and a pixel in EMU, of which an inch has 914,400."""

USUAL_HEIGHT, USUAL_WIDTH = 15 * POINT, 64 * PIXEL


@dataclass(slots=True)
class Extents:
    """In EMU: what rows and columns usually have, and those that have another height or width, by index. A hidden one has none."""

    height: int = USUAL_HEIGHT
    width: int = USUAL_WIDTH
    heights: dict[int, int] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)

    def place(self, left: int, top: int) -> Place:
        """The cell that lies so far from the left and from the top."""
        return _index(top, self.height, self.heights), _index(left, self.width, self.widths)


def _index(distance: int, usual: int, others: Mapping[int, int]) -> int:
    reached = index = 0
    for place in sorted(others):
        if distance < reached + (place - index) * usual:
            break
        reached += (place - index) * usual + others[place]
        if distance < reached:
            return place
        index = place + 1
    return index + max(0, distance - reached) // usual if usual > 0 else index
