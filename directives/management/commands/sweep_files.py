from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from directives.models import Attachment, Evidence, Reading, Upload
from units import clock

UNSENT = (Upload, Reading)
KEEPERS = (Attachment, Evidence, *UNSENT)
ORPHANS_AFTER = timedelta(days=1)
UPLOADS_AFTER = timedelta(days=7)


class Command(BaseCommand):
    help = "Removes uploads that were never sent and files that no row names any more. Run it once a day."

    def handle(self, *args, **options):
        """A file goes onto the disk before its row is committed, so what is young may still get its row."""
        before = clock.now() - UPLOADS_AFTER
        forgotten = sum(model.objects.filter(uploaded_at__lt=before).delete()[0] for model in UNSENT)
        root = Path(settings.MEDIA_ROOT)
        named = {
            name
            for model in KEEPERS
            for name in model.objects.exclude(file="").values_list("file", flat=True)
        }
        orphans = [path for path in root.rglob("*") if self._is_orphan(path, root, named)]
        for path in orphans:
            path.unlink(missing_ok=True)
        self.stdout.write(f"uploads {forgotten}, files {len(orphans)}")

    def _is_orphan(self, path, root, named):
        if not path.is_file() or path.relative_to(root).as_posix() in named:
            return False
        return path.stat().st_mtime < (clock.now() - ORPHANS_AFTER).timestamp()
