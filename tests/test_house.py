"""The rules of the house hold in every file; each rule shows a good and a bad sample of itself."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from core.facts import columns
from people.retention import FORGETTERS, PERSONAL, TELLING
from tests import house_rules as rules

ROOT = Path(__file__).parent.parent
#: Writers beside actions (a folder or a file of that name) and core, each with its reason.
WRITERS = {
    "assets/codes/tags.py": "taking tags out of a range is an act of its own",
    "assets/mistakes/again.py": "the part of a void, and of its undo, that hangs on the item",
    "assets/mistakes/correct.py": "each kind of mistake is an act in a file of its own",
    "assets/mistakes/describe.py": "each kind of mistake is an act in a file of its own",
    "assets/mistakes/merge.py": "each kind of mistake is an act in a file of its own",
    "assets/mistakes/merged_codes.py": "the part of a merge, and of its undoing, that gives codes",
    "assets/mistakes/put_back.py": "each kind of mistake is an act in a file of its own",
    "assets/mistakes/void.py": "each kind of mistake is an act in a file of its own",
    "assets/register/acquired.py": "the day since when an item is there is put right by an act",
    "assets/state.py": "the one helper by which actions change an asset's state",
    "people/tokens.py": "notes the day of a token's last use, which is no fact of the register",
}


def committed(*endings: str) -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [ROOT / line for line in done.stdout.splitlines()]
    return [p for p in paths if p.exists() and p.name.endswith(endings)]


def ours() -> list[Path]:
    found = []
    for path in committed(".py"):
        parts = path.relative_to(ROOT).parts
        if parts[0] in rules.APPS and "migrations" not in parts:
            found.append(path)
    return found


def complaints(paths: list[Path], rule) -> list[str]:
    return [f"{p.relative_to(ROOT)}: {c}" for p in paths for c in rule(p.read_text())]


def test_only_actions_and_core_write() -> None:
    paths = [
        p
        for p in ours()
        if not {"actions", "actions.py", "core"} & set(p.relative_to(ROOT).parts)
        and str(p.relative_to(ROOT)) not in WRITERS
        and "demonstration" not in p.parts
    ]
    assert complaints(paths, rules.writes) == []
    assert rules.writes("Asset.objects.filter(pk=1).update(tag='x')")
    assert rules.writes("asset.save(update_fields=['tag'])")
    assert rules.writes("hash.update(b'x'); pdf.save(buffer)") == []


def test_every_column_is_journaled_or_exempt_with_its_reason() -> None:
    """A column that no entry holds is one that nobody can vouch for."""
    unknown, silent = [], []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        table, exempt = columns.table(model), columns.not_journaled(label)
        if table is None:
            silent += [] if "*" in exempt else [label]
            continue
        held = {*table.columns, *table.of, model._meta.pk.name}
        unknown += [
            f"{label}.{f.name}"
            for f in model._meta.local_concrete_fields
            if f.name not in held and f.name not in exempt
        ]
        assert not {*table.columns} & {*exempt}, label
        assert {*table.derived} <= {*exempt}, f"{label}: what is derived is exempt and compared"
        assert {*table.masks} <= {*table.columns}, label
    assert (unknown, silent) == ([], [])
    names = {m._meta.label_lower for m in apps.get_models(include_auto_created=True)}
    for name, reason in settings.NOT_JOURNALED.items():
        assert name in names or name.rpartition(".")[0] in names, f"{name} is no more"
        assert len(reason) > 10, name


def test_nobody_uses_what_is_banned() -> None:
    assert complaints(ours(), rules.banned) == []
    assert len(rules.banned("assign(a, by=None); mark_safe(x); f(**request.POST.dict())")) == 3
    assert rules.banned("assign(a, by=user); escape(x); f(**values)") == []


def test_no_query_looks_through_another_again_for_each_row() -> None:
    assert complaints(ours(), rules.never_ending) == []
    for bad in (
        "rows.exclude(pk__in=spans.values('asset'))",
        "rows.filter(~Q(unit__in=shares))",
        "rows.filter(Q(a=1) | ~(Q(b=2) & Q(unit__in=shares.values('unit'))))",
        "rows.filter(Q(a=1) | Q(unit__in=shares.values('unit')))",
        "q |= models.Q(pk__in=paid.values('unit'))",
        "rows.exclude(Q(pk__in=others))",
        "'DELETE FROM a WHERE id NOT IN (SELECT b FROM c)'",
    ):
        assert rules.never_ending(bad), bad
    for good in (
        "rows.filter(~Exists(shares.filter(unit=OuterRef('unit'))))",
        "~Q(status__in=CLOSED)",
        "rows.exclude(pk__in=[1, 2])",
        "rows.exclude(pk__in=list(few))",
        "rows.filter(pk__in=spans.values('asset'))",
        "Q(a=1) | Q(pk__in=list(few))",
        "Q(a=1) | Q(Exists(shares.filter(unit=OuterRef('unit'))))",
        "rows.exclude(pk=asset.pk)",
    ):
        assert rules.never_ending(good) == [], good


def test_sentences_for_people_pass_gettext() -> None:
    assert complaints(ours(), rules.unspoken) == []
    templates = [p for p in committed(".html") if "templates" in p.parts]
    assert complaints(templates, rules.untranslated) == []
    assert rules.unspoken("Problem('taken', 'Somebody has it.')")
    assert rules.unspoken("Problem('taken', _('Somebody has it.'))") == []
    assert rules.untranslated("<p>Nobody has it.</p>")
    assert rules.untranslated('<p>{% translate "Nobody has it." %}</p>') == []


def test_templates_have_short_lines_and_few() -> None:
    paths = [p for p in committed(".html") if "templates" in p.parts]
    assert complaints(paths, rules.crowded) == []
    assert rules.crowded("<p>\n" + "x" * 161 + "\n</p>") == ["line 2: 161 characters"]
    assert rules.crowded("<br>\n" * 201) == ["201 lines"]
    assert rules.crowded("<p>\n" + "x" * 160 + "\n</p>") == []


def test_lower_apps_do_not_know_upper_ones() -> None:
    for app in rules.APPS[:-1]:
        above = set(rules.APPS[rules.APPS.index(app) + 1 :])
        own = {m._meta.label for m in apps.get_models() if m._meta.app_label not in above}
        names = set()
        kept = {f.name for m in apps.get_models() if m._meta.label in own for f in m._meta.fields}
        for model in apps.get_models():
            if model._meta.label in own:
                names |= {
                    str(r.get_accessor_name())
                    for r in model._meta.related_objects
                    if r.related_model._meta.app_label in above
                }
        paths = [p for p in ours() if p.relative_to(ROOT).parts[0] == app]
        assert complaints(paths, lambda s, n=names - kept: rules.upper_names(s, n)) == []
    assert rules.upper_names("person.assets_held.all()", {"assets_held"})
    assert rules.upper_names("person.school.name", {"assets_held"}) == []


def test_every_personal_field_is_in_the_retention_table() -> None:
    for model in apps.get_models():
        label = model._meta.label_lower
        for field in model._meta.concrete_fields:
            telling = any(word in field.name for word in TELLING)
            if telling and model._meta.app_label in rules.APPS:
                assert field.name in PERSONAL.get(label, {}), f"{label}.{field.name}"
    for label, fields in PERSONAL.items():
        known = {f.name for f in apps.get_model(label)._meta.concrete_fields}
        assert set(fields) <= known, label
        away = label.partition(".")[0] != "people" and "blank" in fields.values()
        assert not away or label in FORGETTERS, f"{label} forgets nobody who is erased"


def test_no_file_is_long_without_a_reason() -> None:
    paths = [
        p
        for p in committed(".py", ".js", ".css", ".html", ".sh", ".yml")
        if "migrations" not in p.parts
    ]
    assert [str(p.relative_to(ROOT)) for p in paths if rules.too_long(p.read_text())] == []
    assert rules.too_long("x = 1\n" * 301)
    assert not rules.too_long('"""The rules in one file: they are read together."""\n' * 301)


def test_most_files_are_short() -> None:
    """Nine of ten have under 200 lines, and half of the house itself at most 75."""
    paths = [p.relative_to(ROOT) for p in committed(".py") if "migrations" not in p.parts]
    lengths = {p: (ROOT / p).read_text().count("\n") for p in paths}
    assert rules.mostly(lengths.values(), 0.9, under=200)
    assert rules.mostly((n for p, n in lengths.items() if p.parts[0] != "tests"), 0.5, under=76)
    assert rules.mostly([199] * 9 + [200], 0.9, under=200)
    assert not rules.mostly([199] * 8 + [200] * 2, 0.9, under=200)


def test_the_formatter_is_overruled_for_tables_alone() -> None:
    marks = ("# fmt: " + "skip", "# fmt: " + "off")
    found = [
        f"{p.relative_to(ROOT)}:{n}"
        for p in committed(".py")
        for n, line in enumerate(p.read_text().splitlines(), start=1)
        if any(mark in line for mark in marks)
    ]
    assert len(found) <= 20, found
    assert {name.split(":")[0] for name in found} == {
        "people/roles.py",
        "demonstration/plan/lots.py",
    }, "a table? then put its file here"


def test_the_type_checker_is_silenced_with_a_reason() -> None:
    paths = [p for p in committed(".py") if p.relative_to(ROOT).parts[0] in rules.APPS]
    assert complaints(paths, rules.unexplained) == []
    silenced = "x = y()  # type: " + "ignore[misc]"
    assert rules.unexplained(silenced) == ["line 1"]
    assert rules.unexplained(silenced + "  # it has no types\n") == []
    assert rules.unexplained("# It has no types.\n" + silenced) == []


def test_a_lock_says_who_could_meet_there() -> None:
    assert complaints(ours(), rules.unraced) == []
    sample = "def change(row):\n    {}return Row.objects.visible_to(by).for_change(row.pk)"
    assert rules.unraced(sample.format("")) == ["line 1: change locks: which two could meet?"]
    assert rules.unraced(sample.format("# Two may change it.\n    ")) == []
    assert rules.unraced(sample.format('"""Who changes it waits."""\n    ')) == []


def test_what_is_imported_late_says_why() -> None:
    """In `apps.py` nothing else may be there yet."""
    assert complaints([p for p in ours() if p.name != "apps.py"], rules.late) == []
    sample = "def draw():\n    from reports import pdf"
    assert rules.late(sample) == ["line 2"]
    assert rules.late(f"{sample}  # only who draws waits for it") == []
    assert rules.late(sample.replace("draw():", "draw():\n    # It is large.")) == []
    assert rules.late("from reports import pdf") == []


def test_nothing_of_others_is_committed() -> None:
    names = [str(p.relative_to(ROOT)) for p in committed("")]
    assert [
        n for n in names if re.search(r"\.min\.(js|css)$|node_modules/|/vendor/|\.whl$", n)
    ] == []


def test_versions_are_locked_with_hashes_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        blocks = re.findall(r"^[a-z0-9][^\n]*(?:\n    --hash[^\n]*)*", text, flags=re.M)
        assert blocks
        assert [b for b in blocks if "--hash=sha256:" not in b] == []
        assert "://" not in text
    runtime = re.findall(r"^[a-z0-9][^=\n]*==", (ROOT / "requirements.txt").read_text(), re.M)
    assert len(runtime) <= 70
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_psycopg_2_drives_postgresql() -> None:
    assert importlib.util.find_spec("psycopg") is None
    if connection.vendor == "postgresql":
        assert connection.Database.__name__ == "psycopg2"


@pytest.mark.parametrize("layer", ["compliance", "planning"])
def test_rooms_kept_for_later_are_empty(layer: str) -> None:
    assert [
        p for p in ours() if p.relative_to(ROOT).parts[0] == layer and p.name == "models.py"
    ] == []
