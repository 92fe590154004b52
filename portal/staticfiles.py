"""The files a browser fetches: hashed, compressed, immutable, and few."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
# Between lines, where a stylesheet means nothing by them.
SPACES = re.compile(r"\n\s+")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts in the place of each `@import` of our stylesheets what it imports, so that a page fetches one.

    What is imported lies beside what imports it. With DEBUG the browser follows the imports itself, to the same effect.
    """

    def post_process(self, paths, dry_run=False, **options):
        bundles = {} if dry_run else {name: text for name in paths if (text := _bundle(name, paths))}
        for name, text in bundles.items():
            self.delete(name)
            self.save(name, ContentFile(text))
        found = paths | {name: (self, name) for name in bundles}
        yield from super().post_process(found, dry_run=dry_run, **options)


def _bundle(name, paths) -> str:
    """The stylesheet with its imports in it and neither comments nor indents, or nothing when it imports nothing."""
    if not name.endswith(".css") or not IMPORT.search(source := _read(name, paths)):
        return ""
    beside = posixpath.dirname(name)
    whole = IMPORT.sub(lambda found: _read(posixpath.join(beside, found[1]), paths), source)
    return SPACES.sub("\n", COMMENT.sub("", whole))


def _read(name, paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
