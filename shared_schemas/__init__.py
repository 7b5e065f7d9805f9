"""Words and shapes that cross a border (browser, API, database). Imports only msgspec."""
