"""A register as districts have it goes in by one command, twice, and comes out again by undo."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from assets.actions import reserve_tags
from assets.models import Asset, AssetSpan, Category
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from integrations.models import ImportSession
from integrations.words.nothing import EMPTY
from tests.integrations.conftest import undo
from tests.integrations.files import Source

pytestmark = pytest.mark.django_db


def bring_in(paths: list[Path]) -> None:
    """All files, with the answer that serial numbers in other letters are other things: the
    published register has MRP 014 and MRP014."""
    call_command(
        "import_file",
        "assets",
        *map(str, paths),
        school="LIN",
        category="Equipment",
        apply=True,
        settle=["spelled=another"],
        verbosity=0,
    )


def without_nothing(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with empty cells where the register has a word or signs for nothing."""
    plain = {name: EMPTY | {"xxxx"} if name in ("Serial", "Number") else set() for name in rows[0]}
    return [{k: "" if v.lower() in plain[k] else v for k, v in row.items()} for row in rows]


def identity(asset: Asset) -> tuple[str, str, str]:
    return asset.product.make.lower(), asset.product.model.lower(), asset.serial.lower()


def test_a_register_goes_in_twice_and_nothing_is_lost_or_doubled(
    register: Source, equipment: Category, tmp_path: Path
) -> None:
    reserve_tags("before the register", 1, 99999, by=SYSTEM, prefix="R", digits=6)
    paths, rows = register.save(tmp_path), register.rows
    bring_in(paths)
    assets = list(Asset.objects.select_related("product"))
    assert len(assets) == len(rows)

    rows = without_nothing(rows)
    wanted = Counter((r["Make"].lower(), r["Model"].lower(), r["Serial"].lower()) for r in rows)
    assert Counter(map(identity, assets)) == wanted
    serials = Counter(r["Serial"].lower() for r in rows)
    shared = {s for s, n in serials.items() if s and n > 1}
    assert shared, "the register has serials that several products share"
    assert sum(a.serial.lower() in shared for a in assets) == sum(serials[s] for s in shared)

    numbers = {r["Number"] for r in rows if r["Number"]}
    tags = Counter(a.tag for a in assets)
    assert max(tags.values()) == 1
    assert numbers <= set(tags)
    by_tag = {a.tag: identity(a) for a in assets}
    for row in rows:
        if row["Number"]:
            assert by_tag[row["Number"]] == tuple(
                row[k].lower() for k in ("Make", "Model", "Serial")
            )

    before = set(Asset.objects.values_list("pk", "tag", "version"))
    bring_in(paths)
    assert set(Asset.objects.values_list("pk", "tag", "version")) == before
    last = ImportSession.objects.order_by("-pk")[: len(paths)]
    assert {o for s in last for o in s.rows.values_list("outcome", flat=True)} == {"same"}
    assert verify.verify().findings == []


def test_things_without_a_number_get_tags_from_the_districts_range(
    register: Source, equipment: Category, tmp_path: Path
) -> None:
    rows = without_nothing(register.rows)
    missing = sum(not r["Number"] for r in rows)
    numbers = {r["Number"] for r in rows}
    bring_in(register.save(tmp_path))
    given = [t for t in Asset.objects.values_list("tag", flat=True) if t not in numbers]
    assert len(given) == missing
    assert all(len(t) == 6 and t.isdigit() for t in given)


def test_undo_brings_count_and_state_back(
    register: Source, equipment: Category, tmp_path: Path
) -> None:
    paths = register.save(tmp_path)
    known = days.now()
    bring_in(paths)
    for session in ImportSession.objects.order_by("-pk"):
        done = undo(session)
        assert done.state == "undone"
        assert not done.rows.filter(applied=True, undone=False).exists()
    assert not Asset.objects.active().exists()
    now = days.now()
    standing = AssetSpan.objects.as_of(now).exclude(status="void")
    assert not standing.exists()
    assert not AssetSpan.objects.as_of(known, known).exists()
    assert verify.verify().findings == []
