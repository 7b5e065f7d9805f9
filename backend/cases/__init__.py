"""The trunk: one case, one append-only event log, one tracking code."""
