"""One form page for each act on an asset. The action decides; the form shows why not."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assets import actions
from assets.codes.resolve import asset_of
from assets.custody.forms import AssignForm, ReturnForm
from assets.leaving.forms import DisposeForm
from assets.mistakes.forms import CorrectForm, EditForm, MergeForm
from assets.models import Asset
from assets.places.forms import MoveForm, StatusForm
from core.access import require
from core.db.rehearsal import rehearse
from core.journal import sentences
from core.problems import Problem, ProblemError, Refused
from core.time import days
from core.web.forms import HouseForm, ReasonForm
from people.codes import code_notices
from people.lookup import person_typed
from people.web import HouseRequest

View = Callable[..., HttpResponse]


def _at(day: date | None) -> datetime | None:
    if day is None or day == days.today():
        return None
    return days.start_of_day(day)


def act_page(
    permission: str,
    title: str | Promise,
    make_form: Callable[..., HouseForm],
    do: Callable[[Asset, dict[str, Any], Any], Any],
    done: str | Promise,
    *,
    initial: Callable[[Asset], dict[str, Any]] = lambda asset: {},
    explanation: str | Promise = "",
    danger: bool = False,
    preview: bool = False,
    submit: str | Promise = "",
    name: str,
) -> View:
    """A page that asks for what an act needs and does it; with `preview` it first shows what the
    act would write, and does it when that is confirmed."""

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: HouseRequest, pk: int) -> HttpResponse:
        asset = Asset.objects.visible_to(request.user).for_list().get(pk=pk)
        require(request.user, permission, asset)
        form = make_form(request.POST or None, initial=initial(asset), by=request.user)
        confirmed = not preview or request.POST.get("confirmed") == str(asset.version)
        told: list[sentences.Told] = []
        if request.method == "POST" and form.is_valid() and "change" not in request.POST:
            try:
                if confirmed:
                    after = do(asset, form.cleaned_data, request.user)
                    messages.success(request, str(done))
                    if "tag" in form.changed_data:
                        for sentence in code_notices(after.tag, request.user):
                            messages.warning(request, sentence)
                    return redirect("asset", pk=after.pk if isinstance(after, Asset) else pk)
                told = rehearse(
                    lambda: do(asset, form.cleaned_data.copy(), request.user),
                    lambda entries: sentences.tell_all(entries, request.user),
                )
                if not told:
                    form.add_error(None, _("This would change nothing."))
            except ProblemError as error:
                form.take(error)
        context = {
            "form": form,
            "title": f"{title}: {asset.tag}",
            "submit": submit or title,
            "explanation": explanation,
            "danger": danger,
            "subtitle": asset.product,
            "back": reverse("asset", args=[pk]),
            "preview": preview,
            "told": told,
            "version": asset.version,
        }
        return render(request, "components/form_page.html", context)

    view.__name__ = name
    return view


def _plain(form: type[HouseForm]) -> Callable[..., HouseForm]:
    return lambda data, initial, by: form(data, initial=initial)


def _edit(asset: Asset, v: dict[str, Any], by: Any) -> Asset:
    version = v.pop("version")
    return actions.change_asset(asset, by=by, version=version, **v)


def _return(asset: Asset, v: dict[str, Any], by: Any) -> Asset:
    condition = None if v["condition"] == "keep" else v["condition"]
    return actions.return_asset(asset, by=by, room=v["room"], condition=condition)


def _correct(asset: Asset, v: dict[str, Any], by: Any) -> Asset:
    holder = person_typed(v["holder"], by, "holder") if v["holder"] else None
    return actions.correct_asset(
        asset,
        by=by,
        reason=v["reason"],
        tag=v["tag"],
        serial=v["serial"],
        product=v["product"],
        acquired_on=v["acquired_on"],
        holder=holder,
        room=v["room"],
        at=days.start_of_day(v["on"]) if v["on"] else None,
        another=v["another"],
    )


def _merge(asset: Asset, v: dict[str, Any], by: Any) -> Asset:
    into = asset_of(v["into"], by)
    if into is None:
        raise Refused(Problem("unknown", _("No asset of your schools has this tag."), "into"))
    return actions.merge_assets(asset, into=into, by=by, reason=v["reason"])


assign = act_page(
    "assets.assign_asset",
    gettext_lazy("Check out"),
    _plain(AssignForm),
    lambda a, v, by: actions.assign_asset(
        a, to=person_typed(v["person"], by, "person"), by=by, at=_at(v["on"])
    ),
    gettext_lazy("Checked out."),
    name="assign",
)
return_ = act_page(
    "assets.return_asset",
    gettext_lazy("Check in"),
    ReturnForm,
    _return,
    gettext_lazy("Checked in."),
    initial=lambda a: {"room": a.home_room_id, "condition": "keep"},
    name="return_",
)
move = act_page(
    "assets.move_asset",
    gettext_lazy("Move"),
    MoveForm,
    lambda a, v, by: actions.move_asset(a, to=v["room"], by=by, at=_at(v["on"])),
    gettext_lazy("Moved."),
    name="move",
)
verify = act_page(
    "assets.verify_asset",
    gettext_lazy("Seen"),
    _plain(HouseForm),
    lambda a, v, by: actions.verify_asset(a, by=by, room=a.room),
    gettext_lazy("Recorded: you saw it today."),
    name="verify",
    explanation=gettext_lazy("You have it before your eyes, where the register says it is."),
)
edit = act_page(
    "assets.change_asset",
    gettext_lazy("Edit"),
    EditForm,
    _edit,
    gettext_lazy("Saved."),
    submit=gettext_lazy("Save"),
    initial=lambda a: {
        f: getattr(a, f)
        for f in (
            "description",
            "use",
            "title_holder",
            "home_room",
            "condition",
            "acquired_on",
            "version",
        )
    },
    name="edit",
)
status = act_page(
    "assets.change_status",
    gettext_lazy("Change status"),
    _plain(StatusForm),
    lambda a, v, by: actions.change_status(a, to=v["status"], by=by, reason=v["reason"]),
    gettext_lazy("Changed."),
    initial=lambda a: {"status": a.status},
    name="status",
    explanation=gettext_lazy(
        "What it may become from where it stands. Lost or stolen is told through a case: mark it "
        "missing first."
    ),
)
find = act_page(
    "assets.change_status",
    gettext_lazy("Found again"),
    _plain(HouseForm),
    lambda a, v, by: actions.find_again(a, by=by),
    gettext_lazy("It is here again."),
    name="find",
)
dispose = act_page(
    "assets.dispose_asset",
    gettext_lazy("Dispose"),
    _plain(DisposeForm),
    lambda a, v, by: actions.dispose_asset(a, by=by, **v),
    gettext_lazy("Disposed and closed."),
    initial=lambda a: {"disposed_on": days.today()},
    danger=True,
    name="dispose",
)
reopen = act_page(
    "assets.reopen_asset",
    gettext_lazy("Reopen"),
    _plain(ReasonForm),
    lambda a, v, by: actions.reopen_disposal(a, by=by, reason=v["reason"]),
    gettext_lazy("Reopened: it is surplus and not placed."),
    name="reopen",
)
correct = act_page(
    "assets.correct_asset",
    gettext_lazy("Correct"),
    CorrectForm,
    _correct,
    gettext_lazy("Corrected; what stood there before stays in its history."),
    initial=lambda a: {f: getattr(a, f) for f in ("tag", "serial", "product", "acquired_on")},
    explanation=gettext_lazy(
        "For what was wrong from the beginning. An old tag goes on leading here."
    ),
    preview=True,
    name="correct",
)
merge = act_page(
    "assets.merge_asset",
    gettext_lazy("Merge"),
    _plain(MergeForm),
    _merge,
    gettext_lazy("Merged. It can be undone here."),
    danger=True,
    preview=True,
    name="merge",
    explanation=gettext_lazy("Two rows for one thing: this one ends, its codes lead to the other."),
)
unmerge = act_page(
    "assets.merge_asset",
    gettext_lazy("Undo merge"),
    _plain(ReasonForm),
    lambda a, v, by: actions.unmerge_assets(a, by=by, reason=v["reason"]),
    gettext_lazy("They are two things again."),
    name="unmerge",
)
void = act_page(
    "assets.void_asset",
    gettext_lazy("Void"),
    _plain(ReasonForm),
    lambda a, v, by: actions.void_asset(a, by=by, reason=v["reason"]),
    gettext_lazy("Voided. It can be undone here."),
    explanation=gettext_lazy("It never existed. Its tag stays used and is not given again."),
    danger=True,
    preview=True,
    name="void",
)
reinstate = act_page(
    "assets.void_asset",
    gettext_lazy("Undo void"),
    _plain(ReasonForm),
    lambda a, v, by: actions.reinstate_assets([a], by=by, reason=v["reason"])[0],
    gettext_lazy("It is not void after all."),
    preview=True,
    name="reinstate",
    explanation=gettext_lazy("It exists after all. It stands as before, but with nobody."),
)
