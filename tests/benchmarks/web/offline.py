"""The app without network: how soon a page can be used, and how fast it searches, on a phone's slow processor."""

from __future__ import annotations

import asyncio
from statistics import median
from typing import Any

_SLOWDOWN = 4  # Lighthouse's mid-range phone
_OPENINGS = 7
_READY_S = 60
_QUERIES = (
    "开饭店",
    "房子过户",
    "社保证明",
    "yyzz",
    "jzz",
    "营业执照",
    "marriage",
    "新生儿上户口",
    "残疾人",
    "kaifandian",
)
_SEARCHED = """async ([queries, rounds]) => {
  const loaded = performance.getEntriesByType("resource").map((each) => each.name);
  const address = loaded.find((name) => /\\/offline\\/catalogue\\.\\w+\\.js$/.test(name));
  const { search } = await import(address);
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      const from = performance.now();
      const found = await search(query, 20);
      times.push(performance.now() - from);
      if (!found.length) throw new Error("nothing found for " + query);
    }
  }
  return times.sort((a, b) => a - b);
}"""


_JUDGED = """async () => {
  const kept = (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat();
  const [law, catalogue] = await Promise.all(["/law/index", "/offline/catalogue"].map((name) =>
    import(kept.find((each) => each.url.includes(`${name}.`)).url)));
  const today = law.today();
  const times = [];
  for (const { code } of await catalogue.allMatters()) {
    const matter = await catalogue.matter(code);
    if (!matter.form.fields.length) continue;
    const typed = Object.fromEntries(law.questions(matter.form).map(({ path, field }) => [path, field.options[0] ?? "33040219900307123X"]));
    const runs = [1, 2, 3].map(() => {
      const from = performance.now();
      law.checkDraft(matter, { values: { ...typed, has_agent: true }, materials: {} }, [], today);
      return performance.now() - from;
    });
    times.push([runs[0], Math.min(...runs)]);
  }
  return [times[0][0], Math.max(...times.map(([, best]) => best))];
}"""
_MATTERS_KEPT = """async () => {
  const found = await indexedDB.databases();
  if (!found.some((each) => each.name === "yimaban")) return 0;
  const opened = await new Promise((done) => (indexedDB.open("yimaban").onsuccess = (e) => done(e.target.result)));
  if (!opened.objectStoreNames.contains("matters")) return opened.close(), 0;
  const counting = opened.transaction("matters").objectStore("matters").count();
  const count = await new Promise((done) => (counting.onsuccess = () => done(counting.result)));
  opened.close();
  return count;
}"""


async def prepare(page: Any, base: str) -> None:
    """Let the worker take over and the whole catalogue arrive. Raises TimeoutError."""
    await page.goto(f"{base}/")
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    async with asyncio.timeout(_READY_S):
        while not await page.evaluate(_MATTERS_KEPT):
            await asyncio.sleep(0.2)
    await page.goto(f"{base}/outbox")


async def opening_ms(page: Any, address: str) -> float:
    """From the tap to a page that stands and answers, without network: the median of several."""
    session = await _slowed(page)
    times: list[float] = []
    for _turn in range(_OPENINGS):
        await page.goto(address)
        await page.wait_for_selector("main h1, main h2, main a")
        script = """() => Math.max(performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
          performance.getEntriesByName("view")[0]?.startTime ?? 0)"""
        times.append(await page.evaluate(script))
    await session.detach()
    return median(times)


async def search_ms(page: Any, base: str) -> tuple[float, float]:
    """Median and slowest search of everyday queries."""
    await page.goto(f"{base}/matters?q=%E5%BC%80%E5%BA%97")
    await page.wait_for_selector("main a")
    session = await _slowed(page)
    times = await page.evaluate(_SEARCHED, [list(_QUERIES), 5])
    await session.detach()
    return median(times), times[-1]


async def law_ms(page: Any) -> tuple[float, float]:
    """The checks of a whole draft: the very first after the page stands, and the slowest form once it is warm."""
    session = await _slowed(page)
    first, slowest = await page.evaluate(_JUDGED)
    await session.detach()
    return first, slowest


async def _slowed(page: Any) -> Any:
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWDOWN})
    return session
