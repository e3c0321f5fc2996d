"""Files to import: the real equipment register where it lies near, and one made as awkward."""

import csv
import io
import os
import random
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TEST_DATA") or ROOT.parent / "shared" / "data")
HEADER = ["Make", "Model", "Serial", "Number", "Notes"]
NO_DATA = f"no sample data in {DATA}: set TEST_DATA"


@dataclass(frozen=True)
class Source:
    """Files of a register, with what is known of their rows."""

    files: dict[str, bytes]

    @property
    def rows(self) -> list[dict[str, str]]:
        return [
            {k: (v or "").strip() for k, v in row.items()}
            for data in self.files.values()
            for row in csv.DictReader(io.StringIO(data.decode()))
        ]

    def save(self, folder: Path) -> list[Path]:
        paths = []
        for name, data in self.files.items():
            paths.append(folder / name)
            paths[-1].write_bytes(data)
        return paths


def real(folder: str) -> dict[str, bytes]:
    """The files of a folder of the sample data; none where it is not there."""
    return {p.name: p.read_bytes() for p in sorted((DATA / folder).glob("*.csv"))}


def as_csv(header: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def awkward(count: int = 600, seed: int = 7) -> Source:
    """A register with the habits of the real one: half the numbers missing, numbers of 4 to 12
    characters, serials shared by several makes, serials that are another row's number."""
    chance = random.Random(seed)
    products = [
        (make, f"{make[:3].upper()}-{n}")
        for n in range(6)
        for make in (
            "Allen Osborne, Inc.",
            'Quote "Q" Ltd',
            "Güralp Systems",
            "O'Hara; Sons",
            "Acer",
        )
    ]
    numbers = chance.sample(range(1000, 10**6), count)
    serials: list[str] = []
    seen: set[tuple[str, str, str]] = set()
    files: dict[str, list[list[str]]] = {"recorders.csv": [], "sensors.csv": [], "sites.csv": []}
    while len(seen) < count:
        i = len(seen)
        make, model = chance.choice(products)
        kind = chance.random()
        if serials and kind < 0.15:
            serial = chance.choice(serials)  # shared with another make or model
        elif kind < 0.2:
            serial = str(numbers[chance.randrange(count)])  # equal to a number, maybe another's
        elif kind < 0.25:
            serial = f"00{i}"
        else:
            serial = f"{chance.choice('ABX')}/{i:0{chance.randint(3, 9)}d}-{chance.choice('xyz')}"
        if (make.lower(), model.lower(), serial.lower()) in seen:
            continue
        seen.add((make.lower(), model.lower(), serial.lower()))
        serials.append(serial)
        number = "" if chance.random() < 0.55 else str(numbers[i]).zfill(chance.choice((4, 7, 12)))
        note = chance.choice(["", "", "moved, 2019", 'on "loan"', "line one\nline two"])
        files[chance.choice(sorted(files))].append([make, model, serial, number, note])
    return Source({name: as_csv(HEADER, rows) for name, rows in files.items()})


def real_bytes(folder: str) -> dict[str, bytes]:
    """The data files of a folder of the sample data, whatever their format; none where it is not
    there."""
    found = sorted((DATA / folder).glob("*.[cx]*"))
    return {p.name: p.read_bytes() for p in found}
