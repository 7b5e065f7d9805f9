"""Steps of the database's shape, oldest first. The first is made from tables.py, the second runs `sql/*.sql`."""
