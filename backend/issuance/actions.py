"""Certificates, their collection, and the rating: load -> law -> save + event, one transaction each."""

import backend.issuance.refusals  # noqa: F401 - the sentences of this slice
from backend.issuance.collecting import collect, hand_over, pdf
from backend.issuance.issuing import issue, issue_pending
from backend.issuance.rating import rate

__all__ = ["collect", "hand_over", "issue", "issue_pending", "pdf", "rate"]
