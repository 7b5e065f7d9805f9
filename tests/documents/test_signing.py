"""The hall's signature: genuine, whole, and dead after one changed byte."""

from __future__ import annotations

import random
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from backend import settings
from backend.documents import hall
from backend.documents.rendering import render
from backend.documents.signing import DEMO_FILE, Seal, open_demo_seal, open_seal, sign, verify
from tests.documents import papers

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
PASSWORD = b"a password of the test hall"
REASON = {"reason": "颁发证照", "location": "嘉兴市南湖区"}


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    return open_demo_seal(tmp_path_factory.mktemp("seal"), papers.ORGAN, PASSWORD, NOW)


@pytest.fixture(scope="module")
async def signed(seal: Seal) -> bytes:
    return await sign(await render(papers.certificate()), seal, NOW, **REASON)


async def test_signed_certificate_is_valid(signed: bytes, seal: Seal) -> None:
    verified = await verify(signed, seal)

    assert (verified.valid, verified.intact, verified.signed_at) == (True, True, NOW)
    assert papers.ORGAN in verified.signer
    assert b"/ETSI.CAdES.detached" in signed


async def test_any_changed_byte_kills_it(signed: bytes, seal: Seal) -> None:
    chance = random.Random(20261130)
    places = [chance.randrange(len(signed)) for _ in range(60)]
    gap = signed.index(b"/Contents <") + 11
    places += [gap + chance.randrange(signed.index(b">", gap) - gap) for _ in range(40)]
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1 << chance.randrange(5)
        assert not (await verify(bytes(changed), seal)).valid, place


async def test_bytes_behind_the_signature_kill_it(signed: bytes, seal: Seal) -> None:
    verified = await verify(signed + b"\n% more", seal)

    assert (verified.valid, verified.intact) == (False, False)


async def test_strangers_signature_is_whole_but_not_ours(signed: bytes, tmp_path: Path) -> None:
    stranger = open_demo_seal(tmp_path, "别处的局", PASSWORD, NOW)

    verified = await verify(signed, stranger)

    assert (verified.valid, verified.intact) == (False, True)


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
async def test_what_is_no_pdf_is_not_valid(content: bytes, seal: Seal) -> None:
    assert not (await verify(content, seal)).valid


async def test_unsigned_paper_has_no_signer(seal: Seal) -> None:
    verified = await verify(await render(papers.certificate()), seal)

    assert (verified.valid, verified.signer) == (False, "")


def test_demo_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        seals = list(pool.map(lambda _: open_demo_seal(tmp_path, papers.ORGAN, PASSWORD, NOW), range(4)))

    assert len({one.signer.signing_cert.sha256 for one in seals}) == 1
    assert [file.name for file in tmp_path.iterdir()] == [DEMO_FILE]
    assert stat.S_IMODE((tmp_path / DEMO_FILE).stat().st_mode) == 0o600


def test_wrong_password_is_refused(tmp_path: Path) -> None:
    open_demo_seal(tmp_path, papers.ORGAN, PASSWORD, NOW)

    with pytest.raises(ValueError, match="PKCS#12"):
        open_seal(tmp_path / DEMO_FILE, b"wrong")


async def test_demo_hall_has_its_own_key() -> None:
    seal = hall.seal(NOW)

    assert hall.seal(NOW) is seal
    assert (await verify(await sign(await render(papers.certificate()), seal, NOW, **REASON), seal)).valid


def test_production_without_a_key_says_which_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    hall._opened.cache_clear()
    monkeypatch.setattr(settings, "settings", msgspec.structs.replace(settings.settings, demo=False))

    with pytest.raises(settings.SettingsError, match="YIMABAN_SEAL_FILE"):
        hall.seal(NOW)


def test_production_signs_with_its_own_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = open_demo_seal(tmp_path, "真的局", PASSWORD, NOW)
    hall._opened.cache_clear()
    changed = msgspec.structs.replace(
        settings.settings, demo=False, seal_file=str(tmp_path / DEMO_FILE), seal_password=PASSWORD.decode()
    )
    monkeypatch.setattr(settings, "settings", changed)

    assert hall.seal(NOW).name == own.name
    hall._opened.cache_clear()
