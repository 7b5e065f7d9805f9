"""Whose authority an officer holds today: letters of his own, delegated ones, those of whom he stands in for.

Fragments of statements about `officer o`; `$2` is the present instant, `$3` the hours after which a deputy may act.
A delegation lives as long as the letter it comes from and its giver; what was lent is never lent on.
"""

from __future__ import annotations

# Officers who have been away long enough, and whose deputy `o` is; the superior where no deputy is there (AB 岗).
_AWAY = """
SELECT a.officer FROM absence a JOIN officer_post t ON t.officer = a.officer AND t.ended_at IS NULL
WHERE a.ended_at IS NULL AND a.from_at <= $2::timestamptz - make_interval(hours => $3::integer)
  AND (a.until_at IS NULL OR a.until_at > $2)
  AND (t.deputy = o.id OR (t.superior = o.id AND NOT EXISTS (
    SELECT FROM officer d WHERE d.id = t.deputy AND d.is_active AND NOT EXISTS (
      SELECT FROM absence b WHERE b.officer = d.id AND b.ended_at IS NULL AND b.from_at <= $2
        AND (b.until_at IS NULL OR b.until_at > $2)))))
"""

STANDS_IN = f"ARRAY({_AWAY})"

_OWN = """
json_build_object('tier', l.tier, 'department', l.department, 'modes', l.modes, 'matter', l.matter,
  'valid_from', l.valid_from, 'valid_to', least(l.valid_to, p.valid_to), 'cap_field', l.cap_field, 'cap', l.cap::text
"""

LETTERS = f"""
(SELECT json_agg(letter) FROM (
  SELECT {_OWN}, 'behalf', CASE WHEN p.id IS NOT NULL
      THEN json_build_object('name', g.name, 'how', 'delegation') END) AS letter
  FROM authority_letter l LEFT JOIN authority_letter p ON p.id = l.given_from LEFT JOIN officer g ON g.id = p.officer
  WHERE l.officer = o.id AND l.revoked_at IS NULL
    AND (l.given_from IS NULL OR (p.revoked_at IS NULL AND g.is_active))
  UNION ALL
  SELECT {_OWN}, 'behalf', json_build_object('name', w.name, 'how', 'absence')) AS letter
  FROM authority_letter l JOIN officer w ON w.id = l.officer AND w.is_active
    LEFT JOIN authority_letter p ON p.id = l.given_from
  WHERE l.officer IN ({_AWAY}) AND l.given_from IS NULL AND l.revoked_at IS NULL
) AS held)::text
"""
