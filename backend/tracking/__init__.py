"""A citizen's matters: home, progress, the page a scan of the code opens, and its live updates."""
