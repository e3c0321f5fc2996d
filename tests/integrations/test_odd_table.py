"""Every odd file is brought by command and by page, and this table says where."""

import importlib
import inspect
from typing import Any

import pytest

from tests.integrations.files import real_bytes
from tests.integrations.ways import ODD

#: A file -> the tests (module:function) that bring it. A file without one fails the house test
#: below.
TABLE: dict[str, str] = {
    "d1_iso_instants_utc": "odd_days:an_instant_is_the_day_that_it_was_in_the_district",
    "d2_date_shapes": "odd_days:each_shape_of_a_date_is_the_right_day_or_refused",
    "f2_future": "odd_things:f2_days_that_contradict_each_other_are_refused",
    "f3_holder_left": "holders_named:who_left_is_given_nothing",
    "f4_closed_places": "odd_things:f4_nothing_comes_to_a_place_that_is_out_of_use",
    "g1_old_list_room": "odd_things:g1_an_old_list_takes_nothing_from_whoever_has_it",
    "i1_scientific": "odd_files:digits_that_a_spreadsheet_lost_are_refused_and_codes_are_codes",
    "i2_excel_text_trick": (
        "odd_files:the_marks_that_keep_a_spreadsheet_from_changing_a_number_are_no_part_of_it"
    ),
    "i5_placeholders": "odd_files:words_for_an_empty_cell_are_empty_cells_with_a_note",
    "i7_zero_lost": "odd_things:i7_i8_zeros_too_few_or_too_many_are_noticed_at_every_door",
    "i7b_zero_lost": "odd_things:i7_i8_zeros_too_few_or_too_many_are_noticed_at_every_door",
    "i8_short_then_padded": "odd_things:i7_i8_zeros_too_few_or_too_many_are_noticed_at_every_door",
    "i8b_short_then_padded": "odd_things:i7_i8_zeros_too_few_or_too_many_are_noticed_at_every_door",
    "i9_search": "odd_lists:i9_a_search_finds_letters_as_they_are",
    "m1_money": "odd_files:amounts_are_right_or_empty_with_a_note_or_refused",
    "m2_quantity": "several:thirty_of_a_thing_are_asked_on_the_page_and_made"
    " several:thirty_of_a_thing_are_one_lot_by_command",
    "m3_totals_row": "rows_left_out:totals_are_no_things"
    " rows_left_out:totals_are_no_things_by_command_either",
    "m4_split": "odd_records:m4_every_share_shows_in_list_award_and_record_alike"
    " odd_records:m4_an_auditor_of_one_award_reads_what_others_pay_as_one_nameless_sum",
    "n1_camel": "odd_files:every_heading_is_recognized",
    "n2_under": "odd_files:every_heading_is_recognized",
    "n3_district_forms": "odd_files:every_heading_is_recognized",
    "p1_homeroom_teacher": "roster_words:a_heading_that_mentions_a_teacher_makes_nobody_staff"
    " odd_records:t3_the_record_prints_both_holders_as_pseudonyms",
    "p3_status": "roster_words:only_active_is_active_and_other_words_are_asked_for",
    "p7_id_is_a_tag_people": "odd_things:p7_a_card_that_is_a_tag_is_warned_of_and_asked",
    "p7b_id_is_a_tag_assets": (
        "odd_things:p7_a_tag_that_is_a_card_is_warned_of_in_the_other_direction"
    ),
    "p8_left": "roster_words:who_left_does_not_come_back_by_a_word",
    "p8b_left_again": "roster_words:who_left_does_not_come_back_by_a_word",
    "s10_gam_cros": "asset_words:google_words_are_asked_for_and_proposed",
    "s11_checked_out_columns": "asset_words:a_checked_out_thing_is_never_in_stock"
    " asset_words:a_checked_out_thing_by_command",
    "s1_title_two_cells": "odd_files:the_headings_are_the_row_with_most_known_ones",
    "s3_utf16le_nobom": "odd_letters:utf_16_without_its_mark_is_read_and_said",
    "s7_dob_kept": "secrets:secrets_of_a_roster_are_said_by_name_and_kept_nowhere",
    "s9_snipe": "asset_words:snipe_it_words_and_holders",
    "t1_report_texts": "odd_records:t1_the_record_prints_long_words_and_every_script",
    "t3_leak": "odd_records:t3_the_record_prints_both_holders_as_pseudonyms",
    "u1_two_spellings": "asset_words:two_spellings_of_a_category_are_one"
    " asset_words:two_spellings_by_command",
    "v1_sort": "odd_lists:v1_tags_are_listed_in_the_order_of_their_numbers",
    "x2_formats": "odd_days:a_cell_means_what_the_sheet_shows",
    "x3_1904": "odd_days:days_of_an_old_macs_calendar_are_four_years_later",
    "x4_title": "odd_files:the_headings_are_the_row_with_most_known_ones",
}
#: Fixtures that bring a file in both ways.
BOTH = {"bring", "brought", "bring_odd", "bring_people"}


def bringing(file: str) -> list[Any]:
    """The tests that bring a file."""
    found = []
    for place in TABLE[file].split():
        module, _colon, name = place.partition(":")
        found.append(
            getattr(importlib.import_module(f"tests.integrations.test_{module}"), f"test_{name}")
        )
    return found


def ways(test: Any) -> set[str]:
    """How a test brings its files."""
    source = inspect.getsource(test)
    if BOTH & set(inspect.signature(test).parameters):
        return {"command", "page"}
    by = {"by_command": "command", "call_command": "command", "by_page": "page"}
    return {way for name, way in by.items() if name in source}


@pytest.mark.parametrize("file", sorted(TABLE))
def test_a_file_is_brought_by_command_and_by_page(file: str) -> None:
    tests = bringing(file)
    assert [t.__name__ for t in tests if file not in inspect.getsource(t)] == []
    assert set[str]().union(*(ways(t) for t in tests)) == {"command", "page"}


def test_no_file_is_without_a_test() -> None:
    assert {p.stem for p in ODD.glob("*.[cx]*")} == set(TABLE)


def test_the_files_are_those_that_were_reported() -> None:
    reported = real_bytes("odd_files")
    if not reported:
        pytest.skip("no sample data")
    assert {p.name: p.read_bytes() for p in ODD.glob("*.[cx]*")} == reported
