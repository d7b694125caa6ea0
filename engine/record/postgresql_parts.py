"""What the catalog of PostgreSQL tells of our tables."""

from __future__ import annotations

PARTS = """WITH ours AS (
SELECT c.oid, c.relname::text AS name, c.relkind::text AS kind, c.relrowsecurity OR c.relforcerowsecurity AS secured,
c.relpersistence <> 'p' AS unlogged FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
SELECT 'table' AS part, name AS place, name,
concat_ws(' ', kind, CASE WHEN secured THEN 'secured' END, CASE WHEN unlogged THEN 'unlogged' END) AS definition
FROM ours WHERE kind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL SELECT 'column', o.name, a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
CASE WHEN a.attcollation <> y.typcollation THEN a.attcollation::regcollation::text END,
CASE WHEN a.attnotnull THEN 'NOT NULL' END, pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity, ''), nullif(a.attgenerated, ''))
FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid JOIN pg_type y ON y.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = o.oid AND d.adnum = a.attnum
WHERE o.kind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'constraint', o.name, c.conname, pg_get_constraintdef(c.oid) FROM ours o JOIN pg_constraint c ON c.conrelid = o.oid
WHERE c.contype IN ('p', 'u', 'c', 'f', 'x')
UNION ALL SELECT 'index', o.name, n.relname, replace(pg_get_indexdef(i.indexrelid), format(' ON %I.', current_schema()), ' ON ')
FROM ours o JOIN pg_index i ON i.indrelid = o.oid JOIN pg_class n ON n.oid = i.indexrelid
UNION ALL SELECT 'trigger', o.name, t.tgname, CASE WHEN t.tgisinternal THEN t.tgenabled::text ELSE pg_get_triggerdef(t.oid) END
FROM ours o JOIN pg_trigger t ON t.tgrelid = o.oid WHERE NOT t.tgisinternal OR t.tgenabled <> 'O'
UNION ALL SELECT 'rule', o.name, r.rulename, pg_get_ruledef(r.oid) FROM ours o JOIN pg_rewrite r ON r.ev_class = o.oid
WHERE r.rulename <> '_RETURN'
UNION ALL SELECT 'policy', o.name, p.polname, pg_get_expr(p.polqual, p.polrelid) FROM ours o JOIN pg_policy p ON p.polrelid = o.oid
UNION ALL SELECT 'heir', o.name, h.inhrelid::regclass::text, '' FROM ours o JOIN pg_inherits h ON h.inhparent = o.oid
UNION ALL SELECT 'trigger', e.evtevent, e.evtname, e.evtfoid::regproc::text FROM pg_event_trigger e
WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = e.oid AND d.deptype = 'e')
UNION ALL SELECT 'function', f.proname::text, pg_get_function_identity_arguments(f.oid), f.prosrc FROM pg_proc f
WHERE f.pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')
UNION ALL SELECT 'operator', o.oprname::text, concat_ws(' ', o.oprleft::regtype, o.oprright::regtype), o.oprcode::text FROM pg_operator o
WHERE o.oprnamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
ORDER BY 1, 2, 3"""
"""What the catalog tells of our tables; what an extension of the server made for itself is left out."""
