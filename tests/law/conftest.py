"""The starter catalogue and a phone that holds it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests import starter
from tests.journeys import browser
from tests.law.phone import Phone, phone

if TYPE_CHECKING:  # a conftest is read before the settings of the run are set
    from backend.catalogue.shelf import Catalogue


@pytest.fixture(scope="session")
def catalogue_() -> Catalogue:
    """The starter catalogue."""
    return starter.built(starter.compiled())


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def phone_(catalogue_: Catalogue) -> AsyncIterator[Phone]:
    """A real Chromium with the law. Without one these tests are skipped, but never where CI=true."""
    import msgspec

    from backend.catalogue import packing

    pack = msgspec.json.encode(packing.whole(catalogue_))
    try:
        async with browser.chromium() as chromium, phone(chromium, pack) as opened:
            yield opened
    except browser.NoBrowser as error:
        if browser.must_have_browser():
            pytest.fail(str(error))
        pytest.skip(str(error))
