"""Daily anchors and what they hold. Append-only (sql/auditing.sql); no rules here."""

from __future__ import annotations

from piccolo.columns import BigInt, BigSerial, Bytea, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table


class Anchor(Table, tablename="anchor"):
    """One day: a Merkle root over the heads of every chain that grew since the anchor before, chained to it."""

    id = BigSerial(primary_key=True)
    day = Date(unique=True)
    leaves = Integer()
    root = Bytea()
    previous_hash = Bytea()
    hash = Bytea()
    made_at = Timestamptz()


class AnchorLeaf(Table, tablename="anchor_leaf"):
    """A case's newest event of that day, at its place under the root."""

    id = BigSerial(primary_key=True)
    anchor = BigInt()
    place = Integer()
    case_id = BigInt()
    case_no = Varchar(length=24)
    seq = Integer()
    hash = Bytea()
