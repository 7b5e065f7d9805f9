"""The one Piccolo app: the tables of every slice and their migrations."""

from __future__ import annotations

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

_HERE = Path(__file__).parent

APP_CONFIG = AppConfig(
    app_name="yimaban",
    migrations_folder_path=str(_HERE / "migrations"),
    table_classes=table_finder(
        [f"backend.{path.parent.name}.tables" for path in sorted(_HERE.glob("*/tables.py"))], exclude_imported=True
    ),
)
