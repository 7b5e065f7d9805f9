"""Sign and verify PDFs with the hall's key (PAdES B-B, ETSI EN 319 142-1): all from memory, nothing fetched.

The demo hall makes its own authority and key once, in the data folder. Production gives its own PKCS#12 file; its
roots are then the authority's certificate. No time stamp service and no OCSP are asked.
"""

from __future__ import annotations

import asyncio
import io
import os
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

    from asn1crypto.x509 import Certificate
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from pyhanko.sign.signers import PdfSigner
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

DEMO_FILE = "demo-seal.p12"
DEMO_YEARS = 10


class Seal(Struct, frozen=True):
    """A loaded signing key and the certificates that make it trusted. Never print it, never log it."""

    name: str
    signer: Any
    roots: tuple[Any, ...]


class Verification(Struct, frozen=True):
    """What a signature says. `valid`: unchanged to the last byte, made by a key our roots vouch for.

    `intact` False: the bytes were changed after signing. `signer` empty: there is no signature at all.
    """

    valid: bool
    intact: bool
    signer: str = ""
    signed_at: datetime | None = None


def open_seal(file: Path, password: bytes, roots_file: Path | None = None) -> Seal:
    """The key in the PKCS#12 `file`; roots from `roots_file` (PEM), else the topmost certificates in the file itself.

    Raises ValueError when the file or its password is wrong.
    """
    from asn1crypto import pem, x509
    from pyhanko.sign.signers import SimpleSigner

    signer = SimpleSigner.load_pkcs12_data(file.read_bytes(), other_certs=[], passphrase=password)
    # What our roots are is ours to say; a root inside the signature would be bytes that no signature covers.
    signer.embed_roots = False
    if roots_file:
        roots = [x509.Certificate.load(der) for _, _, der in pem.unarmor(roots_file.read_bytes(), multiple=True)]
    else:
        roots = [cert for cert in signer.cert_registry if cert.self_issued]
    if not roots:
        raise ValueError(f"{file.name}: no authority certificate inside, name one")
    return Seal(name=_common_name(signer.signing_cert), signer=signer, roots=tuple(roots))


def open_demo_seal(folder: Path, organ: str, password: bytes, now: datetime) -> Seal:
    """The demo hall's key in `folder`, made on first use. Two processes starting together end with the same key."""
    file = folder / DEMO_FILE
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{DEMO_FILE}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(_demo_pkcs12(organ, password, now))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # the other process was first; its key is the hall's
        finally:
            draft.unlink()
    return open_seal(file, password)


async def sign(pdf: bytes, seal: Seal, now: datetime, *, reason: str, location: str) -> bytes:
    """`pdf` with an invisible PAdES B-B signature that allows no later change (10 to 20 ms, in a thread)."""
    return await asyncio.to_thread(_sign, pdf, seal, now, reason, location)


async def verify(pdf: bytes, seal: Seal) -> Verification:
    """Whether the last signature in `pdf` covers every byte and leads to one of the roots of `seal` (in a thread).

    Never raises on a broken file: what can't be read is not valid.
    """
    return await asyncio.to_thread(_verify, pdf, seal)


def _sign(pdf: bytes, seal: Seal, now: datetime, reason: str, location: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    meta = signers.PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=seal.name,
        reason=reason,
        location=location,
    )
    signer = _signer_at(now)(meta, signer=seal.signer)
    out = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return out.getvalue()


def _signer_at(now: datetime) -> type[PdfSigner]:
    """A PdfSigner that takes the time instead of asking the clock (pyHanko 0.38 reads `session.system_time`)."""
    from pyhanko.sign.signers import PdfSigner

    class SignerAt(PdfSigner):
        def init_signing_session(self, pdf_out: object, existing_fields_only: bool = False) -> object:  # noqa: FBT001, FBT002 - pyHanko's signature
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = now
            return session

    return SignerAt


def _verify(pdf: bytes, seal: Seal) -> Verification:
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        if not signatures:
            return Verification(valid=False, intact=False)
        return _judged(signatures[-1], pdf, seal)
    except Exception:  # noqa: BLE001 - a flipped byte breaks pyHanko in any place; what can't be read isn't vouched for
        return Verification(valid=False, intact=False)


def _judged(signature: EmbeddedPdfSignature, pdf: bytes, seal: Seal) -> Verification:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    # Judged at the moment of signing: a certificate outlives the key's own certificate, and there is no time stamp.
    signed_at = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=list(seal.roots), moment=signed_at, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and _is_tight(signature, pdf)
    return Verification(
        valid=status.bottom_line and whole,
        intact=status.intact and whole,
        signer=_common_name(status.signing_cert),
        signed_at=signed_at,
    )


def _is_tight(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the gap in the signed bytes holds the signature and zeros, as we write it, and nothing smuggled in."""
    from asn1crypto.cms import ContentInfo

    _, first, second, _ = (int(edge) for edge in signature.byte_range)
    content = bytes(signature.pkcs7_content)
    padding = content[len(ContentInfo.load(content).dump()) :]
    return not padding.strip(b"\0") and pdf[first:second].lower() == b"<" + content.hex().encode() + b">"


def _common_name(certificate: Certificate) -> str:
    name = certificate.subject.native
    return str(name.get("common_name") or name.get("organization_name") or "")


def _demo_pkcs12(organ: str, password: bytes, now: datetime) -> bytes:
    """A new authority and a signing key under it. The authority's own key is thrown away: it signs nothing more."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("一码办 演示签发机构 YIMABAN DEMO CA", root_key, None, root_key, now)
    leaf = _certificate(f"{organ}（演示）", key, root, root_key, now)
    return pkcs12.serialize_key_and_certificates(b"demo", key, leaf, [root], BestAvailableEncryption(password))


def _certificate(
    name: str,
    key: EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    issuer_key: EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    """An X.509 certificate (RFC 5280) for `key`: an authority when there is no `issuer`, else a signing certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    is_root = issuer is None
    usage = dict.fromkeys(
        (
            "data_encipherment",
            "key_agreement",
            "key_encipherment",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if is_root else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # The demo's clock may be set back a little; a year of room costs nothing.
        .not_valid_before(now - timedelta(days=366))
        .not_valid_after(now + timedelta(days=365 * DEMO_YEARS))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root,
                content_commitment=not is_root,
                key_cert_sign=is_root,
                crl_sign=is_root,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
