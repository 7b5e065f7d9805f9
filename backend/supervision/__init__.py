"""效能监督: open cases by their clocks, who is told when one stalls, handing on, and why a case is late."""
