from integrations.models.imports import ImportSession, SavedMapping, StagedRow

__all__ = ["ImportSession", "SavedMapping", "StagedRow"]
