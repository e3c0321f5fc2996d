"""Names that nobody bears: any first name with any last name, drawn by the seed."""

_FIRST = (
    "Aaliyah Aiden Amara Amir Ana Andre Anika Aria Ben Camila Carlos Chloe Daniel Dante Devi "
    "Diego Elena Eli Emma Esperanza Ethan Fatima Finn Gabriel Grace Hana Hassan Hugo Imani "
    "Ines Isaac Ivy Jada Jamal Jasmine Javier Jonah Julia Kai Kateri Khalil Lan Layla Leo "
    "Liam Lucia Malik Maria Mateo Maya Mei Mia Miguel Mina Nadia Nia Noah Nora Omar Owen "
    "Paloma Priya Quinn Rafael Ravi Rosa Ruby Sam Santiago Sara Selena Silas Sofia Tala Theo "
    "Thuy Tomas Tyler Uma Valeria Victor Wren Xavier Yara Yusuf Zoe"
)
_LAST = (
    "Abbott Adeyemi Aguilar Ahmed Alvarez Anders Baker Banerjee Begay Bell Bianchi Brooks "
    "Cardenas Castillo Chen Cho Clark Cohen Cruz Dang Davis Delgado Diaz Dubois Edwards Eze "
    "Farah Fischer Flores Foster Garcia Gibson Gomez Gray Gupta Hall Hansen Harris Hassan "
    "Hernandez Herrera Hill Huang Ibarra Ito Jackson Jensen Johnson Kaur Kelly Khan Kim King "
    "Kowalski Lam Larson Lee Lewis Lopez Mahoney Martin Medina Mendoza Miller Mora Morris "
    "Nakamura Navarro Nguyen Novak Nunez Okafor Olsen Ortiz Owens Park Patel Pena Perez Pham "
    "Price Quinn Ramirez Reyes Rivera Robinson Rojas Rossi Ruiz Salazar Sanders Santos Sato "
    "Shah Silva Singh Sommer Tran Turner Vance Vargas Vega Walker Wang Ward Webb White "
    "Whitehorse Wong Wright Yang Young Zamora"
)
FIRST, LAST = tuple(_FIRST.split()), tuple(_LAST.split())
STAFF_TITLES = (
    "Teacher",
    "Teacher",
    "Teacher",
    "Teacher",
    "Specialist",
    "Aide",
    "Librarian",
    "Secretary",
    "Counselor",
    "Custodian",
)
