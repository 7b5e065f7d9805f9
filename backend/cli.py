"""`yimaban`: bring the hall up, serve it, migrate it, import its catalogue, look at its settings and routes."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.embedded import EmbeddedError
from backend.settings import SettingsError
from backend.settings_list import SETTINGS
from shared_schemas.vocabulary import Role


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; what went wrong is said in a sentence, not in a traceback."""
    parser = _parser()
    given = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = given.command
    try:
        return command(given)
    except (SettingsError, EmbeddedError, FileNotFoundError, PermissionError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yimaban", description="一码办 — one window, one code, the whole hall.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, does: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=does)
        return made

    add("run", _run, "bring everything up here: database, catalogue, demo hall if YIMABAN_DEMO=1, web server")
    add("serve", _serve, "production: several workers on an external PostgreSQL, settings from the environment")
    add("migrate", _migrate, "bring the database's shape up to date")
    add("settings", _settings, "print every setting, its default and what it is for")
    add("routes", _routes, "print every route and who may use it")
    catalogue = commands.add_parser("catalogue", help="the catalogue of matters").add_subparsers(required=True)
    importing = catalogue.add_parser("import", help="load matters from TOML, JSON or the Excel template")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="check and show the difference, change nothing")
    importing.set_defaults(command=_import)
    template = catalogue.add_parser("template", help="write the Excel template that a department fills in")
    template.add_argument("file", type=Path)
    template.set_defaults(command=_template)
    officer = commands.add_parser("officer", help="staff accounts from the command line").add_subparsers(required=True)
    adding = officer.add_parser("add", help="add an officer and print the link for the first passkey")
    adding.add_argument("staff_no")
    adding.add_argument("name")
    adding.add_argument("--department")
    adding.add_argument("--phone", default="")
    adding.add_argument("--role", action="append", default=[], choices=[role.value for role in Role])
    adding.set_defaults(command=_add_officer)
    enrolling = officer.add_parser("enrol", help="print a new link for the first passkey")
    enrolling.add_argument("staff_no")
    enrolling.set_defaults(command=_enrol_officer)
    kiosk = commands.add_parser("kiosk", help="machines of the hall that are kiosks").add_subparsers(required=True)
    naming = kiosk.add_parser("add", help="add a kiosk at a named place and print the code that enrols it")
    naming.add_argument("name", help="where it stands, as visitors say it")
    naming.add_argument("--name-en", default="")
    naming.set_defaults(command=_add_kiosk)
    kiosk.add_parser("list", help="print every kiosk").set_defaults(command=_list_kiosks)
    revoking = kiosk.add_parser("revoke", help="from now on it is no kiosk any more")
    revoking.add_argument("id", type=int)
    revoking.set_defaults(command=_revoke_kiosk)
    _add_audit(commands.add_parser("audit", help="the log and its hash chains").add_subparsers(required=True))
    return parser


def _add_audit(audit: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verifying = audit.add_parser("verify", help="check an exported trail; needs no database")
    verifying.add_argument("file", type=Path)
    verifying.set_defaults(command=_verify_trail)
    checking = audit.add_parser("check", help="check every chain and anchor in the database")
    checking.add_argument("--against", type=Path, help="a file of anchors kept outside (YIMABAN_ANCHOR_FILE)")
    checking.set_defaults(command=_check_chains)
    audit.add_parser("schema", help="print the JSON Schema of an exported trail").set_defaults(command=_trail_schema)


def _verify_trail(given: argparse.Namespace) -> int:
    from backend.auditing import commands

    return commands.verify(given.file)


def _check_chains(given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend.auditing import commands

        return commands.check(given.against)


def _trail_schema(_given: argparse.Namespace) -> int:
    from backend.auditing import commands

    return commands.schema()


def _run(_given: argparse.Namespace) -> int:
    from backend import starting

    return starting.run()


def _serve(_given: argparse.Namespace) -> int:
    from backend import starting

    return starting.serve()


def _migrate(_given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend import migrating

        taken = asyncio.run(migrating.migrate())
    print("\n".join(f"taken: {name}" for name in taken) or "nothing to do: the database is up to date")
    return 0


def _import(given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend.catalogue import importing

        return importing.main(given.file, dry_run=given.dry_run)


def _template(given: argparse.Namespace) -> int:
    from backend.catalogue import template

    return template.main(given.file)


def _add_officer(given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend.people import commands

        return commands.add(
            given.staff_no, given.name, department=given.department, phone=given.phone, roles=given.role
        )


def _add_kiosk(given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend.people import commands

        return commands.add_kiosk(given.name, given.name_en)


def _list_kiosks(_given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend.people import commands

        return commands.list_kiosks()


def _revoke_kiosk(given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend.people import commands

        return commands.revoke_kiosk(given.id)


def _enrol_officer(given: argparse.Namespace) -> int:
    from backend import starting

    with starting.database():
        from backend.people import commands

        return commands.enrol(given.staff_no)


def _settings(_given: argparse.Namespace) -> int:
    print(settings_table())
    return 0


def settings_table() -> str:
    """The Markdown table of all settings, as the README has it."""
    lines = ["| Setting | Default | 用途 | What for |", "|---|---|---|---|"]
    for item in SETTINGS:
        default = f"`{item.default}`" if item.default else "—"
        lines.append(f"| `{item.name}` | {default} | {item.zh} | {item.en} |")
    return "\n".join(lines)


def _routes(_given: argparse.Namespace) -> int:
    os.environ.setdefault("YIMABAN_DEMO", "1")
    from backend.app import create_app
    from backend.doors import doors

    for door in doors(create_app()):
        print(f"{door.methods:18} {door.path:56} {door.guard}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
