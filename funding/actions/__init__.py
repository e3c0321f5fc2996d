"""The only writers of awards, purchases, units and shares."""

from funding.actions.access import end_award_access, grant_award_access, invite_auditor
from funding.actions.awards import (
    change_award,
    create_award,
    create_program,
    set_capitalization_level,
    set_parameter,
)
from funding.actions.changed_lines import change_line, remove_line
from funding.actions.ensure import LineWanted, ensure_lines, ensure_vendors
from funding.actions.lines import LineDraft, add_line
from funding.actions.numbers import last_lines
from funding.actions.orders import numbers_had
from funding.actions.purchases import called_now, change_purchase, record_purchase
from funding.actions.receipts import (
    given_back,
    paid_from,
    paid_since,
    stood_in,
    there_since,
    unpaid_since,
)
from funding.actions.reclassifying import ask_line, ask_unit, ask_units, carry_out, decide, withdraw
from funding.actions.recorded_units import UnitDraft, record_units
from funding.actions.second_person import OF_MONEY
from funding.actions.seen import paying_of
from funding.actions.shares import reclassify, share_line, share_unit, share_units
from funding.actions.units import (
    receive_units,
    set_unit_cost,
    set_unit_costs,
    void_unit,
    void_units,
)
from funding.actions.vendors import change_vendor, create_vendor, merge_vendors
from funding.rules.shares import ShareDraft

__all__ = [
    "OF_MONEY",
    "LineDraft",
    "LineWanted",
    "ShareDraft",
    "UnitDraft",
    "add_line",
    "ask_line",
    "ask_unit",
    "ask_units",
    "called_now",
    "carry_out",
    "change_award",
    "change_line",
    "change_purchase",
    "change_vendor",
    "create_award",
    "create_program",
    "create_vendor",
    "decide",
    "end_award_access",
    "ensure_lines",
    "ensure_vendors",
    "given_back",
    "grant_award_access",
    "invite_auditor",
    "last_lines",
    "merge_vendors",
    "numbers_had",
    "paid_from",
    "paid_since",
    "paying_of",
    "receive_units",
    "reclassify",
    "record_purchase",
    "record_units",
    "remove_line",
    "set_capitalization_level",
    "set_parameter",
    "set_unit_cost",
    "set_unit_costs",
    "share_line",
    "share_unit",
    "share_units",
    "stood_in",
    "there_since",
    "unpaid_since",
    "void_unit",
    "void_units",
    "withdraw",
]
