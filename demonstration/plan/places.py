"""Schools and rooms of the demonstration district."""

from dataclasses import dataclass

DISTRICT = "Maple Valley School District (demonstration)"
CENTER = "DSC"


@dataclass(frozen=True)
class SchoolPlan:
    code: str
    name: str
    entity_number: str
    nces_id: str
    students: int
    staff: int
    grades: tuple[str, ...]
    classrooms: int
    labs: int


SCHOOLS = (
    SchoolPlan(
        "LIN",
        "Lincoln High School",
        "16040011",
        "530482000711",
        520,
        40,
        ("9", "10", "11", "12"),
        24,
        2,
    ),
    SchoolPlan(
        "ROO",
        "Roosevelt Middle School",
        "16040012",
        "530482000712",
        380,
        30,
        ("6", "7", "8"),
        18,
        1,
    ),
    SchoolPlan(
        "WAS",
        "Washington Elementary School",
        "16040013",
        "530482000713",
        260,
        20,
        ("K", "1", "2", "3", "4", "5"),
        14,
        0,
    ),
    SchoolPlan(
        "ADM",
        "Adams Elementary School",
        "16040014",
        "530482000714",
        240,
        18,
        ("K", "1", "2", "3", "4", "5"),
        13,
        0,
    ),
    SchoolPlan(
        "MAD",
        "Madison Elementary School",
        "16040015",
        "530482000715",
        230,
        18,
        ("K", "1", "2", "3", "4", "5"),
        12,
        0,
    ),
    SchoolPlan(
        "KEN",
        "Kennedy K-8 School",
        "16040016",
        "530482000716",
        220,
        14,
        ("K", "1", "2", "3", "4", "5", "6", "7", "8"),
        12,
        1,
    ),
    SchoolPlan(CENTER, "District Service Center", "16040010", "", 0, 10, (), 0, 0),
)

#: Rooms that every school has, by code.
COMMON = (
    ("TECH", "Technology room"),
    ("LIB", "Library media center"),
    ("OFC", "Main office"),
    ("MDF", "Network closet"),
    ("KIT", "Kitchen"),
    ("MUS", "Music room"),
    ("SPED", "Resource room"),
)
AT_CENTER = (
    ("WH-A", "Warehouse, bay A"),
    ("WH-B", "Warehouse, bay B"),
    ("SHOP", "Repair bench"),
    ("MDF", "Server room"),
    ("OFC", "District office"),
    ("GAR", "Garage"),
)


def rooms_of(school: SchoolPlan) -> list[tuple[str, str]]:
    """The rooms of a school as (code, name); classrooms first."""
    if school.code == CENTER:
        return list(AT_CENTER)
    rooms = [(str(101 + i), f"Classroom {101 + i}") for i in range(school.classrooms)]
    labs = [(f"LAB{i + 1}", f"Science lab {i + 1}") for i in range(school.labs)]
    return rooms + labs + list(COMMON)
