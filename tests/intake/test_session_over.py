"""The session dies in the middle of a form: the words come back to who typed them, to nobody else, from nobody else."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.intake.conftest import API, begin, citizen
from tests.intake.posting import token

BROWSER = "a-phone"


async def signed_out(client: httpx.AsyncClient) -> str:
    """The session ran out; the browser's own mark stays. Returns the token that died."""
    from backend import csrf, db
    from backend.people import sessions

    held = client.cookies[sessions.cookie_name()]
    await db.execute("UPDATE session SET revoked_at = now() WHERE token_hash = $1", sessions.hash_of(held))
    client.cookies.delete(sessions.cookie_name())
    client.cookies.set(csrf.cookie_name(), BROWSER)
    return held


async def sign_in(client: httpx.AsyncClient, subject: int) -> None:
    from backend import clock
    from backend.people import sessions
    from backend.people.sessions import Visitor

    made = await sessions.begin("citizen", subject, method="code", visitor=Visitor(), now=clock.now())
    client.cookies.set(sessions.cookie_name(), made)


async def subject_of(client: httpx.AsyncClient) -> int:
    from backend import clock
    from backend.people import sessions, viewer

    found = await viewer.find(client.cookies[sessions.cookie_name()], clock.now())
    assert found is not None
    return found.actor.id


async def test_somebody_else_signs_in_between_and_the_words_wait(
    wang: httpx.AsyncClient, visitors: Callable[[], httpx.AsyncClient]
) -> None:
    draft, subject = await begin(wang), await subject_of(wang)
    page = f"/drafts/{draft}/topics/applicant"
    csrf = await token(wang, page)
    await signed_out(wang)
    lost = await wang.post(page, data={"_csrf": csrf, "mobile": "13800001111", "address": "新住址 9 号"})
    place = httpx.URL(lost.headers["location"]).params["next"]

    # The same phone in other hands: what she typed is not there, nor is it gone for her.
    other = await citizen(visitors(), "13700000001", "李强", "330499199001010018")
    from backend.people import sessions

    wang.cookies.set(sessions.cookie_name(), other.cookies[sessions.cookie_name()])
    for path in (place, f"/drafts/{draft}", page):
        assert (await wang.get(path)).status_code == 404
    await signed_out(wang)
    await sign_in(wang, subject)
    back = await wang.get(f"/drafts/{draft}")
    assert back.headers["location"] == f"{page}?restored=1"
    shown = (await wang.get(back.headers["location"])).text
    assert "新住址 9 号" in shown
    assert "您填的都还在" in shown


async def test_what_was_saved_before_is_no_other_device(wang: httpx.AsyncClient) -> None:
    from backend import csrf as forms

    wang.cookies.set(forms.cookie_name(), BROWSER)
    draft, subject = await begin(wang), await subject_of(wang)
    page = f"/drafts/{draft}/topics/applicant"
    csrf = await token(wang, page)
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "新住"}, "revision": 0})
    await signed_out(wang)
    await wang.post(page, data={"_csrf": csrf, "_revision": "0", "address": "新住址 9 号", "mobile": "13812341234"})
    await sign_in(wang, subject)
    await wang.get(page)
    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert (seen["values"]["address"], seen["rivals"]) == ("新住址 9 号", {})


async def test_words_that_a_stranger_posted_to_the_draft_are_not_taken_in(
    wang: httpx.AsyncClient, visitors: Callable[[], httpx.AsyncClient]
) -> None:
    from backend import csrf as forms

    wang.cookies.set(forms.cookie_name(), BROWSER)
    draft = await begin(wang)
    page = f"/drafts/{draft}/topics/applicant"
    stranger = visitors()
    for mark in ("", "another-browser"):
        stranger.cookies.set(forms.cookie_name(), mark)
        await stranger.post(page, data={"address": "别人写的"})
    assert (await wang.get(page)).status_code == 200
    assert (await wang.get(f"{API}/drafts/{draft}")).json()["values"].get("address") != "别人写的"
