"""The status page in other frameworks: same tables, same facts, same markup, as a competent developer writes it."""
