"""/metrics: what a scrape tells, and what it never tells."""

from __future__ import annotations

import httpx

from backend import metrics


async def test_a_scrape_names_routes_and_statuses_but_no_address(client: httpx.AsyncClient) -> None:
    await client.get("/t/0123456789ABCDEFGHJKMNPQRS")
    await client.get("/healthz")
    text = (await metrics.text()).decode()

    assert 'yimaban_request_seconds_count{method="GET",route="/healthz",status="200"}' in text
    assert 'route="/t/{code}",status="404"} ' in text
    assert "0123456789ABCDEFGHJKMNPQRS" not in text
    assert "yimaban_uploads_receiving 0.0" in text


async def test_unknown_addresses_and_methods_share_one_label(client: httpx.AsyncClient) -> None:
    for path in ("/nope/1", "/nope/2"):
        await client.get(path)
    assert 'yimaban_request_seconds_count{method="-",route="-",status="404"}' in (await metrics.text()).decode()
