"""An upload larger than anybody may bring is not written to the disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST = 100 * 1024 * 1024
#: What a request knows of itself whose file was too large.
TOO_LARGE = "UPLOAD_TOO_LARGE"


class LimitedUpload(FileUploadHandler):
    """Counts a file's bytes and lets the rest of one that is too large pass by; the form says
    so."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.taken += len(raw_data)
        if self.taken > MOST:
            if self.request is not None:
                self.request.META[TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
