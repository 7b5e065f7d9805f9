"""Draw a picture anew: only its pixels are kept, upright, in sRGB, without position, trailer or second file inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from backend.documents.sniffing import HEIC, JPEG, PNG, WEBP
from backend.domain.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from backend.documents.inspection import Limits

# Only the decoder that the first bytes called for: the other forty of Pillow stay closed. Phones write MPO as JPEG.
_DECODERS = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), WEBP: ("WEBP",), HEIC: ("HEIF",)}
_PLAIN_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
JPEG_QUALITY = 88


def redraw(source: Path, destination: Path, media_type: str, limits: Limits) -> tuple[str, int, int]:
    """Write `source` anew; PNG stays PNG, the rest becomes JPEG. Returns media type, width, height in pixels.

    Raises Refusal: upload.damaged, upload.too_many_pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    # The bound below is stricter and gives a sentence; Pillow's own would only warn.
    Image.MAX_IMAGE_PIXELS = None
    if media_type == HEIC:
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    try:
        with Image.open(source, formats=_DECODERS[media_type]) as opened:
            _check_size(opened.size, limits)
            # JPEG can be decoded at 1/2, 1/4, 1/8: a 100-megapixel photo then never stands in memory whole.
            opened.draft(None, (limits.max_side, limits.max_side))
            opened.seek(0)
            picture = ImageOps.exif_transpose(opened)
            picture = _in_srgb(picture)
    except Refusal:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError) as fault:
        raise Refusal("upload.damaged", found=_DECODERS[media_type][0]) from fault
    picture.thumbnail((limits.max_side, limits.max_side), Image.Resampling.LANCZOS)
    kept = PNG if media_type == PNG else JPEG
    _save(picture, destination, kept)
    return kept, picture.width, picture.height


def _check_size(size: tuple[int, int], limits: Limits) -> None:
    pixels = size[0] * size[1]
    if pixels > limits.max_pixels:
        raise Refusal(
            "upload.too_many_pixels", megapixels=-(-pixels // 1_000_000), limit=limits.max_pixels // 1_000_000
        )


def _in_srgb(picture: Image) -> Image:
    """Plain 8-bit pixels in sRGB; wide-gamut phone photos keep their colours without carrying a profile."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "L", "CMYK"}:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile says nothing about the pixels
    if picture.mode.startswith("I"):
        return picture.point(lambda level: level / 256).convert("L")
    return picture if picture.mode in _PLAIN_MODES else picture.convert("RGB")


def _save(picture: Image, destination: Path, media_type: str) -> None:
    picture.info = {}
    if media_type == PNG:
        picture.save(destination, "PNG", compress_level=6)
        return
    if picture.mode in {"LA", "P", "RGBA"}:
        from PIL import Image

        alpha = picture.convert("RGBA")
        picture = Image.new("RGB", alpha.size, "white")
        picture.paste(alpha, mask=alpha.getchannel("A"))
    picture.convert("L" if picture.mode in {"1", "L"} else "RGB").save(
        destination, "JPEG", quality=JPEG_QUALITY, optimize=True
    )
