"""A picture that passes for a photographed page, so that the demo's evidence opens."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from directives import files

PAPER, INK, SIZE = "#fdfdf8", "#3a3f44", (900, 1270)


def photograph(about: str):
    """An admitted picture of a page of grey lines under a heading."""
    page = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((90, 90), f"BIEN BAN HOP / MINUTES: {about}", fill=INK)
    for line in range(22):
        draw.line([(90, 180 + 45 * line), (810 - 60 * (line % 4), 180 + 45 * line)], fill="#b9bec2", width=6)
    content = BytesIO()
    page.save(content, "JPEG", quality=70)
    return files.admit(SimpleUploadedFile("bien-ban-hop.jpg", content.getvalue(), "image/jpeg"))
