from core.models.district import District, DistrictSetting
from core.models.entry import Entry, Seal
from core.models.lease import Lease

__all__ = ["District", "DistrictSetting", "Entry", "Lease", "Seal"]
