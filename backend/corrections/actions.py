"""Notices, answers and withdrawals: load -> law -> save + event, one transaction each."""

import backend.corrections.refusals  # noqa: F401 - the sentences of this slice
from backend.corrections.answering import answer, withdraw
from backend.corrections.asking import ask, ask_correction, ask_supplement

__all__ = ["answer", "ask", "ask_correction", "ask_supplement", "withdraw"]
