from integrations.models.imports import ImportSession, StagedRow
from integrations.models.mappings import SavedMapping

__all__ = ["ImportSession", "SavedMapping", "StagedRow"]
