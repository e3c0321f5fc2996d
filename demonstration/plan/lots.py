"""What the demonstration district bought: one lot is one line of one purchase."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from demonstration.plan.days import Year


@dataclass(frozen=True)
class Lot:
    """`where`: student, staff (handed out from the technology room) or a room code; `room` means
    classrooms in turn. `short` units stay without a thing. `price` None: cost unknown."""

    po: str
    vendor: str
    category: str
    make: str
    model: str
    price: str | None
    schools: dict[str, int]
    where: str
    ordered: date
    received: date
    shares: tuple[tuple[str, int], ...] = ()
    freight: str = "0"
    short: int = 0
    legacy: bool = False
    kind: str = "ordered"
    serials: bool = True

    @property
    def quantity(self) -> int:
        return sum(self.schools.values())

    @property
    def amount(self) -> Decimal | None:
        """The line's amount with freight, for things and units that are short."""
        if self.price is None:
            return None
        return Decimal(self.price) * (self.quantity + self.short) + Decimal(self.freight)


def lots(year: Year) -> list[Lot]:
    """Every lot; the order is the order of purchase numbers, not of time."""
    d = date
    summer, fall = year.day(7, 14), year.day(9, 22)
    spring = year.day(4, 28)
    every = {"LIN": 24, "ROO": 18, "WAS": 14, "ADM": 13, "MAD": 12, "KEN": 12}
    old = d(2016, 8, 1)
    return [
        Lot("21-00417", "CDW Government", "Chromebook", "Acer", "Chromebook 311 C722", "349.00",
            {"LIN": 180, "ROO": 120}, "student", d(2021, 9, 30), d(2021, 11, 16), (("ECF", 100),)),
        Lot("21-00418", "T-Mobile for Education", "Hotspot", "Franklin", "T10", "84.00",
            {"LIN": 80, "ROO": 60, "KEN": 40}, "student", d(2021, 9, 30), d(2021, 10, 20),
            (("ECF", 100),)),
        Lot("22-00102", "Lenovo", "Chromebook", "Lenovo", "300e Gen 3", "312.47",
            {"ROO": 200, "KEN": 80, "WAS": 70}, "student", d(2022, 2, 8), d(2022, 5, 3),
            (("ESSER2", 100),), freight="1240.85", short=6),
        Lot("22-00131", "Dell", "Laptop", "Dell", "Latitude 5430", "1148.20",
            {"LIN": 40, "ROO": 30, "WAS": 20, "ADM": 18, "MAD": 18, "KEN": 14, "DSC": 10},
            "staff", d(2022, 3, 21), d(2022, 6, 27), (("ESSER2", 60), ("LOCAL", 40))),
        Lot("22-00140", "Troxell", "Document camera", "IPEVO", "V4K Pro", "197.15",
            every, "room", d(2022, 3, 30), d(2022, 6, 9), (("ESSER2", 100),)),
        Lot("22-00155", "Bretford", "Charging cart", "Bretford", "Core M 36", "1389.00",
            {"LIN": 16, "ROO": 14, "WAS": 10, "ADM": 8, "MAD": 6, "KEN": 6}, "room",
            d(2022, 4, 12), d(2022, 7, 19), (("ESSER2", 100),), serials=False),
        Lot("22-00201", "Dell", "Desktop computer", "Dell", "OptiPlex 7000", "986.40",
            {"LIN": 32, "ROO": 20, "KEN": 8}, "LAB1", d(2022, 9, 1), d(2022, 10, 14),
            (("ESSER2", 100),)),
        Lot("23-00044", "Apple", "Tablet", "Apple", "iPad (9th generation)", "294.00",
            {"WAS": 45, "ADM": 40, "MAD": 35}, "student", d(2023, 1, 17), d(2023, 3, 2),
            (("ARP", 100),)),
        Lot("23-00060", "Prentke Romich", "Communication device", "PRC", "Accent 1400", "7995.00",
            {"LIN": 3, "ROO": 4, "WAS": 5, "ADM": 4, "MAD": 2}, "SPED", d(2023, 8, 21),
            d(2023, 10, 5), (("IDEA", 100),)),
        Lot("23-00061", "HumanWare", "Braille display", "HumanWare", "Brailliant BI 40X",
            "3195.00", {"LIN": 3, "ROO": 2, "WAS": 2, "KEN": 1}, "SPED", d(2023, 8, 21),
            d(2023, 9, 27), (("IDEA", 100),)),
        Lot("23-00088", "Presidio Networked Solutions", "Network switch", "Cisco", "C9300-48UXM",
            "7412.66", {"LIN": 12, "ROO": 9, "WAS": 6, "ADM": 6, "MAD": 6, "KEN": 6}, "MDF",
            d(2023, 5, 24), d(2023, 7, 20), (("C2", 80), ("LOCAL", 20))),
        Lot("23-00089", "Presidio Networked Solutions", "Wireless access point", "Cisco",
            "C9166I", "838.15",
            {"LIN": 44, "ROO": 32, "WAS": 18, "ADM": 16, "MAD": 15, "KEN": 15}, "room",
            d(2023, 5, 24), d(2023, 7, 20), (("C2", 80), ("LOCAL", 20)), freight="615.00"),
        Lot("23-00110", "Pasco Scientific", "Lab equipment", "Pasco", "Wireless Spectrometer",
            "612.00", {"LIN": 26, "ROO": 14, "KEN": 6}, "LAB1", d(2023, 9, 14), d(2023, 10, 30),
            (("PERKINS", 100),)),
        Lot("23-00111", "MatterHackers", "3D printer", "Ultimaker", "S5", "5995.00",
            {"LIN": 6, "ROO": 5, "KEN": 3}, "LAB1", d(2023, 9, 14), d(2023, 11, 8),
            (("PERKINS", 100),)),
        Lot("23-00132", "Hobart Service", "Kitchen equipment", "Rational", "iCombi Pro 10",
            "18450.00", {"LIN": 2, "ROO": 1, "WAS": 1, "ADM": 1, "MAD": 1, "KEN": 1}, "KIT",
            d(2023, 6, 30), d(2023, 8, 9), (("KITCHEN", 100),)),
        Lot("23-00133", "Hobart Service", "Kitchen equipment", "Vulcan", "VHFA18 Holding Cabinet",
            "3180.00", {"LIN": 4, "ROO": 3, "WAS": 2, "ADM": 2, "MAD": 2, "KEN": 2}, "KIT",
            d(2023, 6, 30), d(2023, 8, 9), (("KITCHEN", 75), ("LOCAL", 25))),
        Lot("24-00015", "Promethean", "Interactive panel", "Promethean", "ActivPanel 9 75\"",
            "3268.00", {"LIN": 20, "ROO": 15, "WAS": 9, "ADM": 8, "MAD": 7, "KEN": 7}, "room",
            d(2024, 2, 6), d(2024, 6, 18), (("ARP", 100),), freight="2980.50"),
        Lot("24-00016", "Promethean", "Interactive panel", "Promethean",
            "ActivPanel 9 86\" with lift", "5875.00", {"LIN": 5, "ROO": 4, "KEN": 3}, "room",
            d(2024, 2, 6), d(2024, 6, 18), (("ARP", 100),)),
        Lot("24-00021", "Grainger", "Air purifier", "Medify", "MA-112", "489.00",
            {"LIN": 36, "ROO": 26, "WAS": 20, "ADM": 18, "MAD": 16, "KEN": 14}, "room",
            d(2024, 1, 23), d(2024, 3, 14), (("ARP", 100),), serials=False),
        Lot("24-00040", "CDW Government", "Chromebook", "HP", "Fortis 11 G10", "389.99",
            {"LIN": 330}, "student", d(2024, 5, 7), d(2024, 7, 11), (("ARP", 100),),
            freight="890.33", short=4),
        Lot("24-00041", "CDW Government", "Chromebook", "HP", "Fortis 14 G11", "412.35",
            {"ADM": 25, "MAD": 25}, "student", d(2024, 5, 7), d(2024, 7, 11),
            (("ARP", 70), ("LOCAL", 30))),
        Lot("24-00052", "School Specialty", "Furniture", "Steelcase", "Node chair set", "318.75",
            {"LIN": 50, "ROO": 40, "WAS": 30, "ADM": 25, "MAD": 20, "KEN": 15}, "room",
            d(2024, 4, 2), d(2024, 8, 6), (("ARP", 50), ("LOCAL", 50)), serials=False),
        Lot(f"{year.start % 100:02}-00009", "Dell", "Chromebook", "Dell", "Chromebook 3120",
            "402.15", {"ROO": 60, "KEN": 60}, "student", year.day(7, 1), summer,
            (("LOCAL", 100),)),
        Lot(f"{year.start % 100:02}-00012", "Apple", "Tablet", "Apple", "iPad (A16)", "329.00",
            {"WAS": 30, "KEN": 30}, "student", year.day(7, 1), summer, (("TITLE1", 100),)),
        Lot(f"{year.start % 100:02}-00013", "Apple", "Tablet", "Apple",
            "iPad Pro 13 with TouchChat", "1642.00",
            {"LIN": 8, "ROO": 8, "WAS": 10, "ADM": 8, "MAD": 6}, "SPED",
            year.day(7, 8), summer, (("IDEA-NOW", 100),)),
        Lot(f"{year.start % 100:02}-00030", "Xerox", "Printer", "Xerox", "VersaLink C415", "742.90",
            {"LIN": 14, "ROO": 11, "WAS": 7, "ADM": 6, "MAD": 6, "KEN": 6}, "room",
            year.day(8, 25), fall, (("LOCAL", 100),)),
        Lot(f"{year.start % 100:02}-00051", "Club Car", "Vehicle", "Club Car", "Carryall 500",
            "11920.00", {"LIN": 2, "DSC": 2}, "OFC", year.day(2, 9), spring, (("LOCAL", 100),)),
        Lot(f"{year.start % 100:02}-00060", "Newegg Business", "Printer", "Brother", "HL-L2460DW",
            "214.99", {"WAS": 4, "ADM": 4, "MAD": 4}, "room", year.day(4, 1), spring),
        Lot("IB-PROJECTORS", "", "Projector", "Epson", "PowerLite 675W", None,
            {"LIN": 20, "ROO": 16, "WAS": 10, "ADM": 9, "MAD": 8, "KEN": 7}, "room", old, old,
            legacy=True, kind="initial"),
        Lot("IB-DESKTOPS", "", "Desktop computer", "HP", "ProDesk 400 G3", "649.00",
            {"LIN": 30, "ROO": 20, "WAS": 10, "ADM": 10, "MAD": 10}, "LIB", old, old,
            (("LOCAL", 100),), legacy=True, kind="initial"),
        Lot("IB-SERVERS", "", "Server", "Dell", "PowerEdge R740", "8920.00", {"DSC": 10}, "MDF",
            d(2020, 1, 15), d(2020, 1, 15), (("LOCAL", 100),), legacy=True, kind="initial"),
        Lot("IB-MUSIC", "", "Musical instrument", "Yamaha", "YTR-2330 Trumpet", "520.00",
            {"LIN": 30, "ROO": 30}, "MUS", d(2018, 9, 4), d(2018, 9, 4), (("LOCAL", 100),),
            legacy=True, kind="initial"),
        Lot("GIFT-2023", "Music Boosters", "Musical instrument", "Ludwig", "Concert percussion kit",
            "1210.00", {"LIN": 24, "ROO": 20, "KEN": 16}, "MUS", d(2023, 5, 2), d(2023, 5, 2),
            (("GIFT", 100),), kind="gift"),
        Lot("IB-MICROSCOPES", "", "Lab equipment", "AmScope", "B120C", "265.00",
            {"LIN": 24, "ROO": 20}, "LAB1", d(2019, 8, 20), d(2019, 8, 20), (("LOCAL", 100),),
            legacy=True, kind="initial"),
    ]  # fmt: skip
