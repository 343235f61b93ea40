"""How an uploaded file reaches the disk: no more of it than may be kept."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes a file to the limit and lets the rest go by, counted: the form can say its size.

    Refusing at the first byte too many would end the connection, and with it the sentence.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.LARGEST_UPLOAD:
            super().receive_data_chunk(raw_data, start)
