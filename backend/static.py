"""Static files: read once at start, named by their content, compressed in memory, served bare and for ever.

`static("css/app.css")` answers "/static/css/app.1f0c9ab2d4.css". Each style sheet is put together from its imports
and minified here; ES modules and style sheets name each other by those hashed addresses, so that a page never mixes two
versions. Source of the caching rule: RFC 8246 (immutable).
"""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import brotli
from litestar import asgi
from litestar.types import Receive, Scope, Send
from msgspec import Struct

ROOT = Path(__file__).resolve().parents[1] / "pwa/static"
PREFIX = "/static/"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
INCOMPRESSIBLE = {".png"}
SHEETS = ("css/app.css", "css/desk.css", "css/kiosk.css")
IMPORTED_STYLE = re.compile(r'@import "([^"]+)";')
STYLE_URL = re.compile(r"url\(([^):]+)\)")
MODULE_URL = re.compile(r"""(?P<before>\b(?:from|import|new URL)\s*\(?\s*["'])(?P<url>\.{1,2}/[^"']+)(?=["'])""")
QUOTED_URL = re.compile(r'(?P<before>":\s*")(?P<url>\.{1,2}/[^"]+)(?=")')


class Asset(Struct, frozen=True):
    """One file as it goes over the wire. `name` is its path under pwa/static, `url` its hashed address."""

    name: str
    url: str
    media_type: str
    etag: str
    plain: bytes
    brotli: bytes | None
    gzip: bytes | None


def minified(css: str) -> str:
    """CSS without comments and without white space that means nothing; quoted strings stay as they are."""
    pieces = re.split(r'("[^"]*")', re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    for place in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[place])
        pieces[place] = re.sub(r" ?([{};,>]) ?|(?<=:) ", r"\1", piece).replace(";}", "}")
    return "".join(pieces).strip()


def inlined(path: Path, root: Path) -> str:
    """A style sheet with its imports in place and every url() relative to the static root."""
    text = path.read_text(encoding="utf-8")
    folder = path.parent

    def rooted(found: re.Match[str]) -> str:
        return f"url({(folder / found[1]).resolve().relative_to(root).as_posix()})"

    text = STYLE_URL.sub(rooted, text)
    return IMPORTED_STYLE.sub(lambda found: inlined((folder / found[1]).resolve(), root), text)


class Assets:
    """Every file under a root, ready to send. Raises ValueError when two modules import each other in a circle."""

    def __init__(self, root: Path) -> None:
        """Read the whole tree; compression runs on a few threads (brotli and zlib let go of the interpreter)."""
        self.root = root.resolve()
        self._bodies: dict[str, bytes] = {}
        self._open: list[str] = []
        names = [name for name in self._names() if Path(name).suffix in MEDIA_TYPES]
        for name in names:
            self._body(name)
        with ThreadPoolExecutor() as pool:
            assets = list(pool.map(self._asset, names))
        self.by_name = {asset.name: asset for asset in assets}
        self.by_url = {asset.url: asset for asset in assets}

    def url(self, name: str) -> str:
        """The hashed address of a file, for templates. Raises KeyError with the name when there is no such file."""
        return self.by_name[name].url

    def _names(self) -> Iterator[str]:
        """Relative paths; of the style sheets only those that nothing else takes in (`SHEETS`)."""
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and (path.suffix != ".css" or name in SHEETS):
                yield name

    def _body(self, name: str) -> bytes:
        """What will be sent for a file, with the addresses inside it already hashed."""
        if name in self._bodies:
            return self._bodies[name]
        if name in self._open:
            raise ValueError("static files import each other: " + " > ".join([*self._open, name]))
        self._open.append(name)
        body = self._rewritten(name)
        self._open.pop()
        self._bodies[name] = body
        return body

    def _rewritten(self, name: str) -> bytes:
        path = self.root / name
        match path.suffix:
            case ".css":
                return STYLE_URL.sub(
                    lambda found: f"url({self._address(found[1])})", minified(inlined(path, self.root))
                ).encode()
            case ".js" if not name.startswith("vendor/"):
                return MODULE_URL.sub(self._relative_to(name), path.read_text(encoding="utf-8")).encode()
            case ".webmanifest":
                return QUOTED_URL.sub(self._relative_to(name), path.read_text(encoding="utf-8")).encode()
            case _:
                return path.read_bytes()

    def _relative_to(self, name: str) -> Callable[[re.Match[str]], str]:
        folder = posixpath.dirname(name)

        def replaced(found: re.Match[str]) -> str:
            return found["before"] + self._address(posixpath.normpath(posixpath.join(folder, found["url"])))

        return replaced

    def _address(self, name: str) -> str:
        stem, suffix = posixpath.splitext(name)
        return f"{PREFIX}{stem}.{hashlib.sha256(self._body(name)).hexdigest()[:10]}{suffix}"

    def _asset(self, name: str) -> Asset:
        body, suffix = self._body(name), Path(name).suffix
        squeeze = suffix not in INCOMPRESSIBLE
        return Asset(
            name=name,
            url=self._address(name),
            media_type=MEDIA_TYPES[suffix],
            etag=f'W/"{hashlib.sha256(body).hexdigest()[:20]}"',
            plain=body,
            brotli=brotli.compress(body, quality=9 if suffix == ".wasm" else 11) if squeeze else None,
            gzip=gzip.compress(body, mtime=0) if squeeze else None,
        )


@cache
def assets() -> Assets:
    """The files of this installation, read on first use and kept for the life of the process."""
    return Assets(ROOT)


def static(name: str) -> str:
    """The address of a file under pwa/static, for templates: `{{ static("css/app.css") }}`."""
    return assets().url(name)


def chosen(asset: Asset, accepted: str) -> tuple[bytes, str | None]:
    """The body in the best coding the browser takes (RFC 9110, 12.5.3), and that coding's name."""
    codings = {part.strip() for part in accepted.split(",")}
    if asset.brotli and "br" in codings:
        return asset.brotli, "br"
    if asset.gzip and "gzip" in codings:
        return asset.gzip, "gzip"
    return asset.plain, None


def answer(asset: Asset, headers: dict[bytes, bytes]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body for a request with these headers."""
    body, coding = chosen(asset, headers.get(b"accept-encoding", b"").decode("latin-1"))
    fields = [
        (b"cache-control", b"public, max-age=31536000, immutable"),
        (b"etag", asset.etag.encode()),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if headers.get(b"if-none-match") == asset.etag.encode():
        return 304, fields, b""
    fields.append((b"content-type", asset.media_type.encode()))
    fields.append((b"content-length", str(len(body)).encode()))
    if coding:
        fields.append((b"content-encoding", coding.encode()))
    return 200, fields, body


@asgi(PREFIX.rstrip("/"), is_mount=True, opt={"public": True}, copy_scope=True)
async def static_files(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve a hashed file; any other name is a bare 404, any other method a bare 405."""
    del receive
    method = scope["method"] if scope["type"] == "http" else ""
    # Litestar hands a mount the rest of the path with a slash put on either end.
    asset = assets().by_url.get(PREFIX + scope["path"].strip("/"))
    if method not in {"GET", "HEAD"}:
        status, fields, body = 405, [(b"allow", b"GET, HEAD")], b""
    elif asset is None:
        status, fields, body = 404, [(b"cache-control", b"no-store")], b""
    else:
        status, fields, body = answer(asset, dict(scope["headers"]))
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body, "more_body": False})


handlers = [static_files]
