"""The acts of leaving: dispose, and reopen where that was a mistake."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from assets.act import Act, Page, Reason, Verb, each, one_by_one, only_why
from assets.leaving import rules, shapes
from assets.leaving.actions import dispose_asset, reopen_disposal
from assets.leaving.forms import DisposeForm
from assets.models import Asset, Status
from core.access import Actor
from core.api.shapes import ReasonInput
from core.time import days
from core.web.forms import ReasonForm


@dataclass(frozen=True)
class Dispose:
    """How and when it left, to whom, and for how much (dollars and cents)."""

    method: str
    disposed_on: date
    sale_price: Decimal | None = None
    fair_market_value: Decimal | None = None
    recipient: str = ""
    reason: str = ""


def _dispose(asset: Asset, given: Dispose, by: Actor) -> object:
    return dispose_asset(asset, by=by, **asdict(given))


def _reopen(asset: Asset, given: Reason, by: Actor) -> object:
    return reopen_disposal(asset, by=by, reason=given.reason)


DISPOSE = Act(
    name="dispose",
    kind="asset.disposed",
    sentence=_("{subject} was disposed: {method}[ ({reason})]"),
    permission="assets.dispose_asset",
    label=_("Dispose"),
    icon="trash",
    input=Dispose,
    do=one_by_one(_dispose),
    problems=each(rules.disposal_problems),
    page=Page(
        form=DisposeForm,
        given=lambda typed, asset, by: Dispose(**typed),
        done=_("Disposed and closed."),
        initial=lambda asset: {"disposed_on": days.today()},
        danger=True,
    ),
    verb=Verb(
        shape=shapes.DisposeInput,
        text="Record how and when an asset left the district.",
    ),
)
REOPEN = Act(
    name="reopen",
    kind="asset.reopened",
    sentence=_("{subject}: the disposal was reopened ({reason})"),
    permission="assets.reopen_asset",
    label=_("Reopen"),
    icon="rotate",
    input=Reason,
    do=one_by_one(_reopen),
    problems=each(rules.reopen_problems),
    belongs=lambda asset: asset.status == Status.DISPOSED,
    page=Page(
        form=ReasonForm,
        given=only_why,
        done=_("Reopened: it is surplus and not placed."),
    ),
    verb=Verb(shape=ReasonInput, text="The disposal was recorded by mistake."),
)
