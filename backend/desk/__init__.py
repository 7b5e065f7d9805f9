"""The officers' pages over review, corrections and issuance: the clerk's workbench and the approvers' sheet."""
