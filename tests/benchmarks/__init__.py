"""`just bench`: the hot paths beside a bare floor and beside the same page in other frameworks."""
