"""Photographs and scans: decoded and drawn anew, so that nothing but the picture remains.

Place, device and time (EXIF, XMP), thumbnails and bytes hidden behind the picture go; the orientation that the
camera noted is applied first. HEIC becomes JPEG, which every office machine opens.
"""

from pathlib import Path

from PIL import Image, ImageOps

from directives.inspection import Suspect

PIXELS = 40_000_000
QUALITY = 90
FORMATS = {"jpeg": "JPEG", "png": "PNG", "heic": "HEIF"}


def redraw(source: Path, copy: Path, kind: str) -> None:
    if kind == "heic":
        learn_heic()
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked below, before a pixel is decoded
    with Image.open(source, formats=[FORMATS[kind]]) as picture:
        if picture.width * picture.height > PIXELS:
            raise Suspect("large")
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
    if kind == "png":
        bare(upright).save(copy, "PNG", icc_profile=profile, compress_level=4)
    else:
        photograph(upright).save(copy, "JPEG", quality=QUALITY, icc_profile=profile)


def size(source: Path) -> tuple[int, int]:
    """Dots across and down of a picture that was drawn anew."""
    with Image.open(source, formats=["JPEG", "PNG"]) as picture:
        return picture.size


def learn_heic() -> None:
    import pillow_heif

    # Each thread of the decoder reserves address space, of which this process has little.
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.register_heif_opener()


def photograph(picture: Image.Image) -> Image.Image:
    return bare(picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB"))


def bare(picture: Image.Image) -> Image.Image:
    """The pixels, and of the notes beside them only what the colours need."""
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    return picture
