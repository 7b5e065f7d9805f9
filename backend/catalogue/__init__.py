"""The catalogue: what can be done in the hall, how it is found, and how it gets in."""
