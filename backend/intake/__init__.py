"""Intake (收件): drafts, uploads and the filing that becomes a case, online and at the window."""
