"""One window, one code: the hall's server. Start with docs/house.md."""
