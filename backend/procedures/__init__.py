"""The law's side ways between acceptance and decision: special procedures, extension, hearing, what was to follow."""
