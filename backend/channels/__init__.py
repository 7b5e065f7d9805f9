"""Ways out of the hall: one interface, one adapter for each provider, no database (decision 0034).

A caller has a queue; an adapter tries once and says truly what became of it.
"""

from backend.channels.configured import close, configured
from backend.channels.message import Bindable, Channel, Message, Outcome, Receipt, State, Urgency
from backend.channels.reaching import check_endpoint
from backend.channels.receipts import accepted, receipts
from backend.channels.trying import INTERRUPTED, Patience, Verdict, after
from backend.channels.vapid import public_key

__all__ = [
    "INTERRUPTED",
    "Bindable",
    "Channel",
    "Message",
    "Outcome",
    "Patience",
    "Receipt",
    "State",
    "Urgency",
    "Verdict",
    "accepted",
    "after",
    "check_endpoint",
    "close",
    "configured",
    "public_key",
    "receipts",
]
