"""The awards and programs that the rows of a file of awards name, one row after the other."""

from django.utils.translation import gettext as _

from core.access import Actor
from core.text.alike import loosely
from core.text.bare import bare
from funding.models import Award, Program
from funding.rules.awards import award_problems
from integrations.kinds.awards.known import ALIKE
from integrations.kinds.awards.row import AwardPlan
from integrations.kinds.names.alike import NamesAlike
from integrations.kinds.names.called import Called, listed
from integrations.kinds.rows.unknown import Unknown
from integrations.models import StagedRow


class Programs:
    """Programs by code, name, and what somebody said a name means."""

    def __init__(self, unknown: Unknown) -> None:
        self.unknown = unknown
        self.known = Called(Program.objects.all(), "code", "name")

    def called(self, name: str) -> Program | None:
        known = self.known.called(name)
        if len(known) == 1:
            return known[0]
        pk = self.unknown.meant("program", name) if name else None
        return self.known.by_pk.get(pk or 0)

    def why_not(self, name: str) -> str:
        """Why no program is called so, as far as anybody can tell."""
        known = self.known.called(name)
        if not known:
            return _("There is no program called %s.") % name
        message = _(
            "Several programs have this code or name: %(text)s (%(programs)s). "
            "Say once which of them it means."
        )
        return message % {"text": name, "programs": listed(known)}

    def is_called(self, program: Program, name: str) -> bool:
        """Whether it is one of those that the name may mean."""
        return program in (self.called(name), *self.known.called(name))


class AwardsSeen:
    """The awards of the register as the rows of a file leave them, one after the other: a row is
    asked what the action will ask, and the register only once."""

    def __init__(self, by: Actor) -> None:
        self.mine = {
            as_called(a.name): a for a in Award.objects.visible_to(by).select_related("program")
        }
        self.alike = NamesAlike(ALIKE, "name", [a.name for a in self.mine.values()], _loose)
        self.named: set[str] = set()  # by rows of the file
        self.said: dict[tuple[str, ...], int | StagedRow] = {}
        self.rows: dict[tuple[str, ...], int] = {}
        for award in Award.objects.all():
            self.said |= dict.fromkeys(_keys(award).values(), award.pk)

    def ask(self, plan: AwardPlan, award: Award, before: Award | None = None) -> None:
        """Refuse a row whose award could not stand; else it stands so, and not any more as
        `before`, for the rows that follow."""
        keys, had = _keys(award), _keys(before) if before else {}
        own = award.pk or plan.row
        # What it has already may look like another's: both were entered by somebody.
        taken = {
            n for n, key in keys.items() if self.said.get(key, own) != own and key != had.get(n)
        }
        problems = list(award_problems(award, lambda _award: taken))
        for problem in problems:
            first = self.rows.get(keys.get(problem.field or "", ()))
            beside = _(" It stands in row %s.") % first if first else ""
            plan.refuse(problem.field or "", problem.message + beside)
        if not problems and not plan.problems and not plan.row.faults:
            for key in had.values():
                self.said.pop(key, None)
            self.said |= dict.fromkeys(keys.values(), own)
            self.rows |= dict.fromkeys(keys.values(), plan.row.number)


def _loose(name: str) -> str:
    """A name without its accents and signs: FY-2025 and FY 2025 are one."""
    return loosely(bare(name))


def as_called(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.lower().split())


def _keys(award: Award) -> dict[str, tuple[str, ...]]:
    """What of an award no other may have, however it is written."""
    keys: dict[str, tuple[str, ...]] = {"name": ("name", as_called(award.name))}
    if award.fain:
        sub = loosely(award.subaward_number) if award.subaward_number else ""
        keys["fain"] = ("fain", loosely(award.fain), sub)
    if award.frn:
        keys["frn"] = ("frn", loosely(award.frn))
    return keys
