"""Label sheets on US Letter, in inches: width, height, columns, rows, origin, pitch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    name: str
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def position(self, cell: int) -> tuple[float, float]:
        """The upper left corner of a cell, counted from 0 along the rows."""
        return (
            self.left + cell % self.columns * self.pitch_x,
            self.top + cell // self.columns * self.pitch_y,
        )


SHEETS = {
    "5160": Sheet("Avery 5160", 2.625, 1.0, 3, 10, 0.1875, 0.5, 2.75, 1.0),
    "5161": Sheet("Avery 5161", 4.0, 1.0, 2, 10, 0.15625, 0.5, 4.1875, 1.0),
}
