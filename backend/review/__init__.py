"""Looking at a filing, accepting it, deciding it: the clerk's desk and the approvers' sheet."""
