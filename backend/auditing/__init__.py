"""The log made provable: a case's trail as a file, a daily anchor over all chains, and their verification."""
