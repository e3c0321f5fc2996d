"""What assets add to the house."""

from django.utils.translation import gettext_lazy as _

from assets import checks, sentences, unit_past
from assets.act import all_listed, register_act
from assets.acts import ACTS
from assets.codes import meanings, tags
from assets.custody import held, keeping, known
from assets.lists import panels
from assets.lists.found import find_things
from assets.mistakes import parted
from assets.models import Asset
from assets.shown import KEYS
from core.files.subjects import register_subject
from core.furnishing import part
from core.journal.sentences import (
    register_fields,
    register_namer,
    register_sentences,
    register_with_things,
)
from core.journal.showing import register_others
from core.journal.tombstones import register_tombstones
from core.journal.verify import register_check
from core.web.finding import register_finder, register_offer
from core.web.slots import nav, panel, slot
from core.web.words import register_words
from funding.things import (
    Things,
    register_counter,
    register_dater,
    register_earlier,
    register_things,
)
from people.actions.roster import register_holding_check
from people.codes import register_meanings
from people.retention import register_keeper
from people.rules.numbering import register_numbering
from people.rules.zone import register_first_day

VIEW = "assets.view_asset"
TABLE = "assets/panel_assets.html"
THINGS = Things(checks.units_with_a_thing, sentences.things_of_units, "asset", "asset__school")

WORDS = {
    "asset": (_("Asset, assets"), ("asset", "assets")),
    "tag": (_("Tag, tags"), ("tag", "tags")),
    "check_out": (_("Check out, checked out"), ("check out", "checked out")),
    "check_in": (_("Check in, checked in"), ("check in", "checked in")),
}
OTHER_WORDS = (
    "serial, serials, serial number, serial numbers, make, makes, model, models, product, "
    "products, category, categories, status, statuses, condition, conditions, holder, holders, "
    "description, descriptions"
)

HOUSE = (
    part(slot, "assets.asset"),
    *KEYS,
    part(register_words, WORDS, OTHER_WORDS),
    part(nav, _("Home"), "home", "home", VIEW, 0),
    part(nav, _("Scan"), "scan", "barcode", "assets.assign_asset", 5),
    part(nav, _("Assets"), "assets", "devices", VIEW, 10, ("asset", "asset-register", "labels")),
    part(nav, _("Catalog"), "catalog", "category", "assets.change_asset", 50, ("tag-ranges",)),
    part(panel, "people.person", TABLE, VIEW, panels.of_person, 10),
    part(panel, "people.person", "assets/panel_held.html", VIEW, panels.held_before, 20),
    part(panel, "people.room", TABLE, VIEW, panels.in_room, 10),
    part(panel, "people.school", TABLE, VIEW, panels.at_school, 10),
    part(panel, "funding.purchase", TABLE, VIEW, panels.of_purchase, 10),
    part(panel, "funding.award", "assets/panel_award.html", VIEW, panels.of_award, 10),
    part(panel, "core.home", "assets/panel_home.html", VIEW, panels.on_home, 10),
    part(register_finder, _("Devices"), "devices", VIEW, find_things, "assets", 10),
    part(
        register_offer,
        _("Register %s as a new device"),
        "assets.register_asset",
        "asset-register",
        "code",
    ),
    part(register_subject, Asset, VIEW),
    part(register_first_day, known.first_day),
    part(register_numbering, tags.prefix_problems),
    *(part(register_act, act) for act in ACTS),
    part(all_listed),
    part(register_sentences, {act.kind: act.sentence for act in ACTS}),
    part(register_sentences, sentences.SENTENCES),
    part(register_tombstones, "asset.voided", "asset.merged", "product.merged"),
    part(register_fields, sentences.FIELDS, sentences.CHOICES),
    part(
        register_namer,
        "assets.asset",
        sentences.names,
        "into",
        "asset",
        "from",
        url_name="asset",
        elsewhere=_("an item of others"),
    ),
    part(
        register_namer,
        "funding.unit",
        sentences.units,
        "unit",
        elsewhere=_("a unit of another purchase"),
    ),
    part(register_namer, "assets.product", sentences.products, "product"),
    part(register_with_things, VIEW, "people.school", "people.room", "assets.product"),
    part(register_others, parted.others_words, parted.TELLING),
    part(register_check, checks.state_follows_from_spans),
    part(register_check, checks.a_unit_stands_for_one_thing),
    part(register_check, checks.assignments_follow_from_state),
    part(register_counter, checks.things_of_award),
    part(register_dater, checks.acquired_days),
    part(register_earlier, unit_past.stood_on),
    part(register_things, THINGS),
    part(register_meanings, meanings.tags_with),
    part(register_holding_check, held.listed),
    part(register_keeper, keeping.holding_problems),
    part(register_keeper, keeping.ecf_problems),
)
