"""Tables of the catalogue. A case names (matter, version); no version is ever changed or deleted."""

from __future__ import annotations

from piccolo.columns import JSONB, BigSerial, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Department(Table, tablename="department"):
    """委办局, by its code ("scj")."""

    code = Varchar(length=20, primary_key=True)
    position = Integer(default=0)
    content = JSONB()


class Matter(Table, tablename="matter"):
    """事项: which version is in force. `withdrawn_at` is set when an import no longer has it."""

    code = Varchar(length=50, primary_key=True)
    position = Integer(default=0)
    department = Varchar(length=20, index=True)
    version = Integer()
    withdrawn_at = Timestamptz(null=True, default=None)


class MatterVersion(Table, tablename="matter_version"):
    """One version's content (`shared_schemas.matter.Matter`) and the pinyin its search needs.

    UNIQUE(matter, version) is a raw index, as Piccolo has no composite one.
    """

    id = BigSerial(primary_key=True)
    matter = Varchar(length=50)
    version = Integer()
    digest = Varchar(length=64)
    content = JSONB()
    pinyin = JSONB()
    imported_at = Timestamptz()


class CatalogueRelease(Table, tablename="catalogue_release"):
    """One import that changed something. Its id is the ETag of every list and the sign that workers reload."""

    id = BigSerial(primary_key=True)
    imported_at = Timestamptz()
    imported_by = Varchar(length=80)
    source = Varchar(length=200)
    digest = Varchar(length=64)
    counts = JSONB()
    meta = JSONB()
    field_groups = JSONB()
    warnings = JSONB()


class Synonym(Table, tablename="synonym"):
    """What people say (`said`) and the words of the catalogue it stands for (`meant`, space-separated)."""

    said = Varchar(length=60, primary_key=True)
    meant = Text()
