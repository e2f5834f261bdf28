"""A file of questions on its way in: written to a temporary file, and given up when it gets too large."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from assessments.interchange import USUAL

LARGEST = USUAL.file_bytes


class BoundedUpload(TemporaryFileUploadHandler):
    """Takes no more than ``most`` bytes; ``too_large`` says that there were more."""

    too_large = False

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.taken = most, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken > self.most:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        found: Any = super().file_complete(file_size)
        return found if isinstance(found, UploadedFile) else None
