"""一件事 filed: one filing of several matters, its code, what waits for what, and its collection."""
