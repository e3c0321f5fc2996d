from core.models.approval import Approval
from core.models.district import District, DistrictSetting
from core.models.entry import Entry, Seal
from core.models.files import Attachment, StoredFile
from core.models.idempotency import IdempotencyKey
from core.models.lease import Lease
from core.models.run import Heart, Run, Schedule
from core.models.words import EntryWords

__all__ = [
    "Approval",
    "Attachment",
    "District",
    "DistrictSetting",
    "Entry",
    "EntryWords",
    "Heart",
    "IdempotencyKey",
    "Lease",
    "Run",
    "Schedule",
    "Seal",
    "StoredFile",
]
