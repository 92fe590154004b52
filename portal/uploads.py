"""Files while they arrive: nobody fills the disk with one that no screen would take."""

from django.core.files.uploadhandler import FileUploadHandler

from directives import files

CAP = max(kind.limit for kind in files.EVIDENCE)


class CappedUploadHandler(FileUploadHandler):
    """First in line: lets a little more than the largest limit through, so that `files.admit` can say it is too large."""

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start <= CAP else None

    def file_complete(self, file_size):
        return None
