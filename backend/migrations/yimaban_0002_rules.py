"""What Piccolo's columns can't say: indexes, checks and triggers, from sql/*.sql."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.migrating import run_sql_files

ID = "2026-11-22T00:00:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes, checks and triggers"


async def forwards() -> MigrationManager:
    """Run every file of sql/."""
    manager = MigrationManager(migration_id=ID, app_name="yimaban", description=DESCRIPTION)
    manager.add_raw(run_sql_files)
    return manager
