"""What a new district may start its catalog with."""

#: name: (class, useful life in months, icon)
USUAL_CATEGORIES: dict[str, tuple[str, int, str]] = {
    "Chromebook": ("computer", 60, "device-laptop"),
    "Tablet": ("computer", 48, "device-ipad"),
    "Hotspot": ("network", 36, "wifi"),
    "Laptop": ("computer", 60, "device-laptop"),
    "Desktop computer": ("computer", 60, "device-desktop"),
    "Network switch": ("network", 84, "network"),
    "Wireless access point": ("network", 84, "access-point"),
    "Server": ("network", 72, "server"),
    "Projector": ("av", 72, "device-projector"),
    "Interactive panel": ("av", 84, "presentation"),
    "Document camera": ("av", 72, "camera"),
    "Printer": ("computer", 60, "printer"),
    "Charging cart": ("furniture", 120, "battery-charging"),
    "Communication device": ("assistive", 60, "message"),
    "Braille display": ("assistive", 72, "braille"),
    "Musical instrument": ("music", 180, "music"),
    "Furniture": ("furniture", 180, "armchair"),
    "Kitchen equipment": ("kitchen", 144, "tools-kitchen-2"),
    "Lab equipment": ("lab", 120, "microscope"),
    "3D printer": ("lab", 60, "3d-cube-sphere"),
    "Air purifier": ("facilities", 84, "wind"),
    "Vehicle": ("vehicle", 96, "car"),
}
