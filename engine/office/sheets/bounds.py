"""How much of a sheet is read: what is larger is refused before it is held in memory."""

from __future__ import annotations

from dataclasses import dataclass

from engine.office.sheets.unreadable import TooLarge

LARGEST_FILE = 64 * 2**20
MOST_SHEETS = 200
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
LONGEST_TEXT = 32_767
"""No office program holds a longer text in a cell."""
MOST_CELLS = 2_000_000
"""Places between the first and the last cell of all sheets together: 100,000 rows of twenty columns."""


@dataclass(slots=True)
class Bounds:
    """What was read of one file so far. Every method raises TooLarge."""

    name: str
    cells: int = 0

    def sheets(self, found: int) -> None:
        if found > MOST_SHEETS:
            raise TooLarge(reason="sheet-too-many-sheets", file=self.name, found=found, limit=MOST_SHEETS)

    def rows(self, found: int) -> None:
        if found > MOST_ROWS:
            raise TooLarge(reason="sheet-too-many-rows", file=self.name, found=found, limit=MOST_ROWS)

    def columns(self, found: int) -> None:
        if found > MOST_COLUMNS:
            raise TooLarge(reason="sheet-too-many-columns", file=self.name, found=found, limit=MOST_COLUMNS)

    def places(self, found: int) -> None:
        if found > MOST_CELLS:
            raise TooLarge(reason="sheet-too-many-cells", file=self.name, found=found, limit=MOST_CELLS)

    def text(self, found: int) -> None:
        if found > LONGEST_TEXT:
            raise TooLarge(reason="sheet-text-too-long", file=self.name, found=found, limit=LONGEST_TEXT)

    def area(self, rows: int, columns: int) -> None:
        """Counts a sheet of so many rows and columns."""
        self.rows(rows)
        self.columns(columns)
        self.cells += rows * columns
        self.places(self.cells)
