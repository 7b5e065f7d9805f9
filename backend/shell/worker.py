"""/sw.js: the worker's own source with the list of what it keeps, so that any change of any of it is a new worker."""

from __future__ import annotations

import hashlib
import re
from functools import cache

import msgspec

from backend import i18n
from backend.shell import modules, shells
from backend.static import Asset, assets

SOURCE = "js/worker/sw.js"
# All that a page may need when there is no network. Left out: what only a person with a network uses (the viewer's
# samples, screenshots for the app's shop window) and the worker itself.
KEPT = re.compile(
    r"css/(app|desk)\.css|js/.+\.js|locales/.+\.json|icons/.+\.svg|img/(mark|lake|lake-night)\.svg|vendor/.+\.js"
)
_NOT_KEPT = re.compile(r"js/worker/sw\.js|vendor/.*(zxing|barcode).*")


def files() -> list[Asset]:
    """What is kept before it is asked for."""
    every = assets().by_name.values()
    return [asset for asset in every if KEPT.fullmatch(asset.name) and not _NOT_KEPT.fullmatch(asset.name)]


@cache
def body() -> bytes:
    """The script as it is sent. `carried` is there before the first of its functions runs."""
    kept = [asset.url for asset in files()]
    place = {url: n for n, url in enumerate(kept)}
    carried = {
        "files": kept,
        "shells": {lang: shells.address(lang) for lang in i18n.LANGUAGES},
        # pattern of an address -> places in `files` of what its view needs, by language
        "views": {
            lang: {pattern: [place[url] for url in urls] for pattern, urls in modules.of_views(lang).items()}
            for lang in i18n.LANGUAGES
        },
    }
    version = hashlib.sha256(msgspec.json.encode(carried)).hexdigest()[:10]
    prelude = b"self.carried = " + msgspec.json.encode({"version": version, **carried}) + b";\n"
    return prelude + assets().by_name[SOURCE].plain
