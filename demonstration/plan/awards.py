"""Awards of the demonstration district, by key."""

from datetime import date
from decimal import Decimal
from typing import Any

STATE = "State Department of Education"


def _esf(**more: Any) -> dict[str, Any]:
    return {
        "pass_through": STATE,
        "federal_percent": Decimal(100),
        "period_start": date(2020, 3, 13),
        "title_holder": "District",
    } | more


def awards(start: int) -> dict[str, dict[str, Any]]:
    """Each award's program code under `program`, with the values of create_award. The dates of
    pandemic money are fixed; what runs every year follows the told year."""
    # With the year of carryover (Tydings, 34 CFR 76.709) money of this kind is open for 27 months.
    carried = {
        "period_start": date(start, 7, 1),
        "period_end": date(start + 2, 9, 30),
        "obligate_by": date(start + 2, 9, 30),
        "liquidate_by": date(start + 2, 12, 29),
    }
    return {
        "ESSER2": _esf(
            program="ESSER2",
            name="ESSER II 2021-23",
            fain="S425D210035",
            amount=Decimal(1284600),
            subaward_number="21-E2-0482",
            award_year="2021",
            issued_on=date(2021, 1, 5),
            period_end=date(2023, 9, 30),
            obligate_by=date(2023, 9, 30),
            liquidate_by=date(2023, 12, 31),
            final_report_on=date(2024, 1, 29),
        ),
        "ARP": _esf(
            program="ARP-ESSER",
            name="ARP ESSER 2021-24",
            fain="S425U210035",
            subaward_number="21-ARP-0482",
            award_year="2021",
            amount=Decimal(2885000),
            issued_on=date(2021, 3, 24),
            period_end=date(2024, 9, 30),
            obligate_by=date(2024, 9, 30),
            liquidate_by=date(2024, 12, 31),
            final_report_on=date(2025, 1, 28),
        ),
        "ECF": {
            "program": "ECF",
            "name": "ECF window 1",
            "frn": "ECF202104821",
            "award_year": "2021",
            "amount": Decimal(189000),
            "federal_percent": Decimal(100),
            "issued_on": date(2021, 9, 24),
            "period_start": date(2021, 7, 1),
            "period_end": date(2022, 6, 30),
            "title_holder": "District",
        },
        "C2": {
            "program": "ERATE-C2",
            "name": "E-Rate C2 FY2023",
            "frn": "2399048217",
            "award_year": "2023",
            "amount": Decimal(372000),
            "federal_percent": Decimal(80),
            "issued_on": date(2023, 5, 12),
            "period_start": date(2023, 4, 1),
            "period_end": date(2024, 9, 30),
            "title_holder": "District",
        },
        "IDEA": {
            "program": "IDEA-611",
            "name": "IDEA 611 FY2023",
            "fain": "H027A230087",
            "pass_through": STATE,
            "award_year": "2023",
            "amount": Decimal(412000),
            "federal_percent": Decimal(100),
            "issued_on": date(2023, 7, 1),
            "period_start": date(2023, 7, 1),
            "period_end": date(2025, 9, 30),
            "title_holder": "District",
        },
        "IDEA-NOW": {
            "program": "IDEA-611",
            "name": f"IDEA 611 FY{start}",
            "fain": f"H027A{start % 100:02}0087",
            "pass_through": STATE,
            "award_year": str(start),
            "amount": Decimal(431000),
            "federal_percent": Decimal(100),
            "issued_on": date(start, 7, 1),
            "federal_award_on": date(start, 7, 1),
            "title_holder": "District",
            **carried,
        },
        "TITLE1": {
            "program": "TITLE1",
            "name": f"Title I, Part A FY{start}",
            "fain": f"S010A{start % 100:02}0047",
            "pass_through": STATE,
            "award_year": str(start),
            "amount": Decimal(298000),
            "federal_percent": Decimal(100),
            "issued_on": date(start, 7, 1),
            "federal_award_on": date(start, 7, 1),
            "title_holder": "District",
            **carried,
        },
        "PERKINS": {
            "program": "PERKINS",
            "name": "Perkins V FY2023",
            "fain": "V048A230047",
            "pass_through": STATE,
            "award_year": "2023",
            "amount": Decimal(118000),
            "federal_percent": Decimal(100),
            "issued_on": date(2023, 7, 1),
            "period_start": date(2023, 7, 1),
            "period_end": date(2024, 9, 30),
            "title_holder": "District",
        },
        "KITCHEN": {
            "program": "NSLP-EQUIP",
            "name": "NSLP equipment FY2023",
            "fain": "235IN8103",
            "pass_through": STATE,
            "award_year": "2023",
            "amount": Decimal(240000),
            "federal_percent": Decimal(100),
            "issued_on": date(2023, 5, 1),
            "period_start": date(2023, 5, 1),
            "period_end": date(2025, 9, 30),
            "equipment_threshold": Decimal(1000),
            "title_holder": "District",
        },
        "LOCAL": {"program": "LOCAL", "name": "General fund", "title_holder": "District"},
        "GIFT": {"program": "DONATION", "name": "Music boosters", "title_holder": "District"},
    }
