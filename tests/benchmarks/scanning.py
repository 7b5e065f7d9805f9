"""The scan page and its 304: ours, the floor, FastAPI, Django."""

from __future__ import annotations

import itertools
import re
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

import brotli

from tests.benchmarks import load, rounds, serving
from tests.benchmarks.hall import Hall
from tests.benchmarks.load import Expected, Slice
from tests.benchmarks.report import Line

PORTS = {"ours": 8761, "floor": 8762, "fastapi": 8763, "django_asgi": 8764, "django_wsgi": 8765}
# Ours and the floor answer compressed from memory; the others leave that to a proxy, which favours them.
MARKERS = {"ours": b"content-encoding: br", "floor": b"content-encoding: br"}


def fetched(port: int, path: str, **headers: str) -> tuple[bytes, str]:
    """Body and ETag of one plain request."""
    request = urllib.request.Request(f"http://localhost:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read(), answer.headers["etag"]


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """Every server on its own core in turn. Raises load.Faulty at the first wrong answer."""
    codes = hall.world.codes
    with ExitStack() as stack:
        stack.enter_context(serving.running("ours", PORTS["ours"], hall.environment))
        page, _tag = fetched(PORTS["ours"], f"/t/{codes[0]}", **{"accept-encoding": "br"})
        (hall.folder / "page.br").write_bytes(page)
        for name in [name for name in PORTS if name != "ours"]:
            stack.enter_context(serving.running(name, PORTS[name], hall.environment))
        sizes = check_same_page(codes[0])
        django = await _faster_django(codes)
        names = ["ours", "floor", "fastapi", django]
        for name in names:  # every case once, so that what a server keeps is kept before the clock runs
            for code in codes:
                fetched(PORTS[name], f"/t/{code}", **{"accept-encoding": "br"})
        pages = await rounds.compare({name: _scan(name, codes, plan) for name in names}, plan)
        unchanged = await rounds.compare({name: _not_modified(name, codes, plan) for name in names}, plan)
    return [
        *_lines("scan page", pages, names, (0.8, 5.0)), *_lines("scan 304", unchanged, names, (0.9, None)),
        Line("scan page, HTML", " · ".join(f"{name} {size:,} B" for name, size in sizes.items())),
    ]  # fmt: skip


def check_same_page(code: str) -> dict[str, int]:
    """Whether all show the same case: masked number and headline. Returns the sizes of their HTML in bytes."""
    sizes, said = {}, {}
    for name, port in PORTS.items():
        if name == "floor":
            continue
        body, _tag = fetched(port, f"/t/{code}")
        text = body.decode()
        said[name] = (
            re.findall(r"330402\*+\d+", text),
            re.findall("<h1>(.*?)</h1>", text),
            len(re.findall(r"<li\b", text)),
        )
        sizes[name] = len(body)
    if len(set(map(str, said.values()))) != 1:
        raise load.Faulty(f"the pages differ: {said}")
    floor = brotli.decompress(fetched(PORTS["floor"], f"/t/{code}")[0])
    if len(floor) != sizes["ours"]:
        raise load.Faulty("the floor does not send our page")
    return sizes


def _scan(name: str, codes: list[str], plan: rounds.Plan) -> Callable[[float], Awaitable[Slice]]:
    requests = itertools.cycle([load.request("GET", f"/t/{code}", accept_encoding="br") for code in codes])
    expected = Expected(200, MARKERS.get(name, b"</html>"))
    return lambda seconds: load.drive(PORTS[name], requests, expected, seconds=seconds, clients=plan.clients)


def _not_modified(name: str, codes: list[str], plan: rounds.Plan) -> Callable[[float], Awaitable[Slice]]:
    tags = {code: fetched(PORTS[name], f"/t/{code}", **{"accept-encoding": "br"})[1] for code in codes}
    requests = itertools.cycle(
        [load.request("GET", f"/t/{code}", accept_encoding="br", if_none_match=tag) for code, tag in tags.items()]
    )
    expected = Expected(304, b"etag: ")
    return lambda seconds: load.drive(PORTS[name], requests, expected, seconds=seconds, clients=plan.clients)


async def _faster_django(codes: list[str]) -> str:
    plan = rounds.Plan(2, 0.5)
    came = await rounds.compare({name: _scan(name, codes, plan) for name in ("django_asgi", "django_wsgi")}, plan)
    return max(came.slices, key=came.rate)


def _lines(what: str, came: rounds.Compared, names: list[str], aims: tuple[float, float | None]) -> list[Line]:
    rates = " · ".join(f"{name} {came.rate(name):,.0f}/s" for name in names)
    found = []
    for name in names[1:]:
        aim = aims[0] if name == "floor" else aims[1]
        found.append(Line(f"{what}, ours / {name}", f"{came.ratio('ours', name):.2f}", aim, came.ratio("ours", name)))
    return [*found, Line(f"{what}, answers", rates)]
