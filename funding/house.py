"""What money adds to the house."""

from django.utils.translation import gettext_lazy as _

from core.access import register_grants, register_way
from core.files import subjects
from core.furnishing import part
from core.journal.parts import register_hidden_parts
from core.journal.seeded import register_seeded
from core.journal.sentences import register_fields, register_namer, register_sentences
from core.journal.tombstones import register_tombstones
from core.web.finding import register_finder
from core.web.slots import nav, panel, slot
from core.web.words import register_words
from funding import panels, reach, sentences, whole
from funding.access import grants_from_awards
from funding.found import find_awards, find_purchases
from funding.lines_told import hidden_lines
from funding.models import Award, Purchase
from funding.parameter_names import PARAMETERS
from funding.rules.first_day import first_day
from funding.seed import seed_reference
from funding.shown import KEYS
from people.actions.first_run import register_beginning
from people.roles import BY_SCOPE
from people.rules.zone import register_first_day

FILES = "core/attachments.html"
ACCESS = "funding/panel_access.html"
DECISIONS = "funding/panel_decisions.html"
AWARD, PURCHASE = "funding.view_award", "funding.view_purchase"

WORDS = {
    "award": (_("Award, awards"), ("award", "awards")),
    "vendor": (_("Vendor, vendors"), ("vendor", "vendors")),
}
OTHER_WORDS = "unit, units, purchase, purchases, purchase order, purchase orders, invoice, invoices"

HOUSE = (
    part(slot, "funding.award"),
    part(slot, "funding.award.acts"),
    part(slot, "funding.purchase"),
    part(register_words, WORDS, OTHER_WORDS),
    part(
        register_finder, _("Purchases"), "shopping-cart", PURCHASE, find_purchases, "purchases", 40
    ),
    part(register_finder, _("Awards"), "report-money", AWARD, find_awards, "awards", 50),
    part(nav, _("Awards"), "awards", "report-money", AWARD, 20),
    part(nav, _("Purchases"), "purchases", "shopping-cart", PURCHASE, 22),
    part(panel, "core.home", "funding/panel_home.html", AWARD, panels.on_home, 20),
    part(panel, "core.home", DECISIONS, "funding.approve_share", panels.waiting_for, 5),
    part(panel, "people.user", ACCESS, "people.view_user", panels.of_users, 10),
    part(panel, "people.users", ACCESS, "people.view_user", panels.of_users, 10),
    part(subjects.register_subject, Award, AWARD, whole.of_award),
    part(panel, "funding.award", FILES, AWARD, subjects.attached, 90),
    part(subjects.register_subject, Purchase, PURCHASE, whole.of_purchase),
    part(panel, "funding.purchase", FILES, PURCHASE, subjects.attached, 90),
    part(register_way, reach.AWARD, reach.ATTRIBUTE),
    part(register_grants, grants_from_awards, BY_SCOPE),
    part(register_beginning, seed_reference),
    part(register_first_day, first_day),
    part(register_sentences, sentences.SENTENCES),
    part(register_hidden_parts, hidden_lines),
    part(register_tombstones, "unit.voided", "vendor.merged"),
    part(register_fields, {}, {"key": PARAMETERS}),
    part(register_seeded, "program.created", "parameter.set"),
    part(
        register_namer,
        "funding.award",
        sentences.awards,
        "award",
        url_name="award",
        elsewhere=_("another award"),
    ),
    part(
        register_namer,
        "funding.reclassification",
        sentences.reclassifications,
        url_name="reclassification",
    ),
    part(
        register_namer,
        "funding.purchase",
        sentences.purchases,
        url_name="purchase",
        elsewhere=_("another purchase"),
    ),
    *KEYS,
)
