"""Bring the database's shape to what this version needs, and say what is still to do."""

from __future__ import annotations

import asyncio
import contextlib
import io
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.commands.new import new

from backend import db
from backend.embedded import EmbeddedError
from backend.piccolo_app import APP_CONFIG
from backend.settings import settings

FOLDER = Path(__file__).parent / "migrations"
# Until the first release there is one step made from tables.py and one for what Piccolo can't say (sql/*.sql).
TABLES_ID = "2026-11-22T00:00:00:000000"
RULES_ID = "2026-11-22T00:00:01:000000"
_LOCK = 7_305_882_114  # any number that is ours: one migration at a time over all servers


_OTHER_VERSION = (
    "这个数据库是别的版本建的，缺 {first} 等 {count} 处。正式版之前表结构不逐版升级：\n"
    "演示大厅请删掉数据目录（YIMABAN_DATA_DIR），或换一个空的数据库，再启动。\n"
    "Another version made this database: it lacks {first} ({count} in all). Before the first release shapes are not carried over: "
    "remove the demo's data folder (YIMABAN_DATA_DIR) or give an empty database, and start again."
)


class MigrationError(EmbeddedError):
    """A step failed, and the database is as it was before that step; or another version made it."""


async def pending() -> list[str]:
    """The ids of the steps that this database has not taken."""
    manager = ForwardsMigrationManager(app_name=APP_CONFIG.app_name)
    wanted = manager.get_migration_ids(manager.get_migration_modules(str(FOLDER)))
    try:
        rows = await db.fetch("SELECT name FROM migration WHERE app_name = $1", APP_CONFIG.app_name)
    except asyncpg.UndefinedTableError:
        rows = []
    return sorted(set(wanted) - {row["name"] for row in rows})


async def missing() -> list[str]:
    """What tables.py names and this database has not: "table.column" each, in order.

    Steps may all be taken and something still be missing: before the first release the initial step is made anew.
    """
    metas = [table._meta for table in APP_CONFIG.table_classes]  # noqa: SLF001 - Piccolo has no other way to ask
    wanted = {(meta.tablename, column._meta.db_column_name) for meta in metas for column in meta.columns}  # noqa: SLF001
    rows = await db.fetch(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    return sorted(".".join(pair) for pair in wanted - {(row["table_name"], row["column_name"]) for row in rows})


async def migrate() -> list[str]:
    """Take all missing steps and return their ids. Waits at most 10 s for a lock rather than stop the hall.

    Opens its own small pool. Raises MigrationError, also for a database that another version made.
    """
    async with db.pool(2, lock_timeout="10s"):
        guard = await asyncpg.connect(settings.database_url)
        try:
            await guard.execute(f"SELECT pg_advisory_lock({_LOCK})")
            todo = await pending()
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                result = await ForwardsMigrationManager(app_name=APP_CONFIG.app_name).run()
            if not result.success:
                raise MigrationError(said.getvalue())
            if lacking := await missing():
                raise MigrationError(_OTHER_VERSION.format(first=lacking[0], count=len(lacking)))
        finally:
            await guard.close()
    return todo


async def run_sql_files() -> None:
    """Indexes, checks and triggers of every slice: each file of `sql/`, in the order of names."""
    for path in sorted((FOLDER / "sql").glob("*.sql")):
        await db.execute(path.read_text(encoding="utf-8"))


async def regenerate() -> Path:
    """Make the initial step anew from tables.py. For developers, before the first release only."""
    target = FOLDER / "yimaban_0001_tables.py"
    rules = FOLDER / "yimaban_0002_rules.py"
    for old in (target, rules):
        old.unlink(missing_ok=True)
    with contextlib.redirect_stdout(io.StringIO()):
        await new(app_name=APP_CONFIG.app_name, auto=True, desc="The tables of every slice")
    made = next(path for path in FOLDER.glob("yimaban_*.py"))
    text = made.read_text()
    drawn = text.split('ID = "', 1)[1].split('"', 1)[0]
    target.write_text(text.replace(drawn, TABLES_ID))
    made.unlink()
    rules.write_text(_RULES)
    return target


_RULES = f'''"""What Piccolo's columns can't say: indexes, checks and triggers, from sql/*.sql."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.migrating import run_sql_files

ID = "{RULES_ID}"
VERSION = "1.38.0"
DESCRIPTION = "Indexes, checks and triggers"


async def forwards() -> MigrationManager:
    """Run every file of sql/."""
    manager = MigrationManager(migration_id=ID, app_name="yimaban", description=DESCRIPTION)
    manager.add_raw(run_sql_files)
    return manager
'''


if __name__ == "__main__":
    print(asyncio.run(regenerate()).name)
