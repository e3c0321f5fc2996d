from reports.models.report import Report, ReportFile, ReportPerson

__all__ = ["Report", "ReportFile", "ReportPerson"]
