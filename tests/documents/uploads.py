"""Files as they come in: honest ones from phones and offices, and the other kind. All made here, nothing kept on disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

GPS_IFD = 0x8825
ORIENTATION = 0x0112


def picture(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """A gradient: no two neighbours alike, so that compression has something to do."""
    ramp = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (ramp, ramp, ramp.rotate(180))).convert(mode)


def encoded(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    """`image` as JPEG, PNG, WEBP, HEIF …"""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    out = io.BytesIO()
    (image or picture()).save(out, kind, **options)
    return out.getvalue()


def phone_photo() -> bytes:
    """A JPEG with position, camera name, a turned sensor and a video stuck on behind (motion photo)."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "南湖牌手机"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (30.0, 45.0, 12.5), 3: "E", 4: (120.0, 45.0, 30.5)})
    return encoded("JPEG", exif=exif) + b"\x00\x00\x00\x18ftypmp42" + b"movie" * 100


def zipped(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def pixel_bomb(side: int = 60_000) -> bytes:
    """A PNG of a few kB that unfolds to 3.6 gigapixels: only its header has to say so."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side // 8 + 1) * 64, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def paper(pages: int = 2) -> PdfWriter:
    """A PDF of blank A4 pages, to be made worse."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def written(writer: PdfWriter) -> bytes:
    """The bytes of `writer`."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    """An honest PDF."""
    return written(paper(pages))


def pdf_with_script() -> bytes:
    """A PDF that runs JavaScript when opened."""
    writer = paper()
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    return written(writer)


def pdf_with_obscured_script() -> bytes:
    """The same with the name of the key spelt in hexadecimal, as malware does."""
    return pdf_with_script().replace(b"/JS ", b"/#4a#53 ").replace(b"/JavaScript", b"/#4aavaScript")


def pdf_with_launch() -> bytes:
    """A PDF whose opening action starts a program."""
    writer = paper()
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    )
    return written(writer)


def pdf_with_attachment() -> bytes:
    """A PDF that carries another file."""
    writer = paper()
    writer.add_attachment("run.exe", b"MZ" + bytes(200))
    return written(writer)


def pdf_with_password() -> bytes:
    """A PDF that asks for a password."""
    writer = paper()
    writer.encrypt("secret", algorithm="AES-256")
    return written(writer)


def pdf_bomb() -> bytes:
    """A PDF of some 600 kB whose stream unfolds to 600 MB."""
    writer = paper()
    engine = zlib.compressobj(9)
    data = b"".join(engine.compress(bytes(10_000_000)) for _ in range(60)) + engine.flush()
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer._add_object(stream)
    return written(writer)
