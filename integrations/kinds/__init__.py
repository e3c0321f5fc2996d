"""What can be imported: each kind has fields with synonyms, a plan and an apply."""

from typing import Any

from integrations.kinds.assets import AssetImport
from integrations.kinds.awards import AwardImport
from integrations.kinds.base import ImportKind
from integrations.kinds.people import PeopleImport
from integrations.kinds.places import PlaceImport

KINDS: dict[str, ImportKind[Any, Any, Any]] = {
    "assets": AssetImport(),
    "awards": AwardImport(),
    "people": PeopleImport(),
    "places": PlaceImport(),
}
