"""What an approver has typed and not signed yet. No rules here."""

from __future__ import annotations

from piccolo.columns import BigInt, BigSerial, Bytea, Timestamptz
from piccolo.table import Table


class DecisionDraft(Table, tablename="decision_draft"):
    """One unsigned decision of one officer on one case: it survives the passkey confirmation and a closed tablet."""

    id = BigSerial(primary_key=True)
    officer = BigInt()
    case_id = BigInt()
    content_sealed = Bytea()
    at = Timestamptz()
