"""The walls on PostgreSQL: the same triggers, and three more that SQLite has no words for.

Grants: the application's role may insert entries and read them, and has no right to change or remove one. Row-level
security: it reads the entries of a family only for somebody who stands in it (`alongside/asking.py`), and without a
word for whom, none. Roles: the application does not own the tables, or it could take its own walls down.

Erasing by law is a function of the owner's that the application may call. It makes one shape of change and decides
nothing: the wall asks it for the decision of two persons as it asks everybody, the owner too (lawful.py).
"""

import re
from collections.abc import Iterator, Mapping

from django.core.checks import Error
from django.db import connection, transaction

from alongside.record.entry import SEQ_BITS
from alongside.record.lawful import POSTGRESQL, changing, lawful
from alongside.record.readers import KIN, STAFF

ENTRY, DOOR = "record_entry", "record_entry_no_update"
# A wall as SQLite is told it (walls.py), so that there is one list of them.
WALL = re.compile(r"CREATE TRIGGER (\w+) BEFORE (UPDATE|DELETE) ON (\w+) BEGIN SELECT RAISE\(ABORT, '([^']*)'\); END")
REFUSING = """
CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
SAYS = REFUSING.split("$$")[1].replace("%%", "%")
# These two look for the server's own names alone: a table of the session's own, or a function beside the tables, is not
# in their way.
PATH = "search_path=pg_catalog, pg_temp"
PINNED = "SET search_path = pg_catalog, pg_temp"
LETTING_THROUGH = f"""
CREATE OR REPLACE FUNCTION record_erased_only() RETURNS trigger LANGUAGE plpgsql {PINNED} AS
$$ BEGIN
  IF {lawful(POSTGRESQL)} THEN RETURN NEW; END IF;
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
# Named after the entries, so that the cursor says with it for whom it is asked (site/engine/postgresql/cursor.py).
ERASE = "record_entry_erase"
TAKES = "place bigint, told text, named text, key text"
ERASING = f"""
CREATE FUNCTION {ERASE}({TAKES}) RETURNS void LANGUAGE plpgsql SECURITY DEFINER {PINNED} AS
$$ BEGIN
  IF current_setting('alongside.reader', true) = 'house' THEN
    {changing(POSTGRESQL, body="told", readers="named", once="key", pk="place")};
    IF FOUND THEN RETURN; END IF;
  END IF;
  RAISE EXCEPTION 'an entry is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
OPENS = LETTING_THROUGH.split("$$")[1]
# What triggers do, not what they are called: before each row or statement, under no condition, saying no; the one that
# lets a lawful change through is awake whatever the session says it is.
TRIGGERS = f"""
SELECT c.relname || CASE t.tgtype WHEN 19 THEN '_no_update' WHEN 11 THEN '_no_delete' WHEN 34 THEN '_no_truncate' END
  FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 WHERE NOT t.tgisinternal AND t.tgqual IS NULL AND t.tgattr = '' AND t.tgtype IN (19, 11, 34)
   AND c.relnamespace = CAST('public' AS regnamespace) AND l.lanname = 'plpgsql' AND p.proowner = c.relowner
   AND CASE WHEN c.relname = '{ENTRY}' AND t.tgtype = 19
       THEN t.tgenabled = 'A' AND p.prosrc = %s AND p.proconfig = CAST(ARRAY['{PATH}'] AS text[])
       ELSE t.tgenabled IN ('O', 'A') AND p.prosrc = %s END
"""
# The owner's function: what it does, whose it is, and that the application's role may call it and nobody else.
DOES = f"""
SELECT 1 FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang, pg_catalog.pg_class c
 WHERE p.oid = to_regprocedure('public.{ERASE}(bigint, text, text, text)') AND c.oid = CAST('{ENTRY}' AS regclass)
   AND p.prosrc = %s AND p.prosecdef AND p.proconfig = CAST(ARRAY['{PATH}'] AS text[]) AND l.lanname = 'plpgsql'
   AND p.proowner = c.relowner AND has_function_privilege(%s, p.oid, 'EXECUTE')
   AND NOT EXISTS (SELECT 1 FROM aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) may
                    WHERE may.grantee NOT IN (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = %s UNION
                                              SELECT p.proowner))
"""
# What else could change an entry: a trigger that is none of the walls, and another function that runs as the owner.
BESIDE = f"""
SELECT 'trigger ' || t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND t.tgrelid = CAST('{ENTRY}' AS regclass) AND p.prosrc NOT IN (%s, %s)
UNION ALL
SELECT 'function ' || p.proname
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_class c ON c.oid = CAST('{ENTRY}' AS regclass)
 WHERE p.prosecdef AND p.proowner = c.relowner AND has_function_privilege(%s, p.oid, 'EXECUTE')
   AND p.oid IS DISTINCT FROM to_regprocedure('public.{ERASE}(bigint, text, text, text)')
"""


def _words(some: frozenset[str]) -> str:
    return ", ".join(f"'{one}'" for one in sorted(some))


# *Standing* once more (readers.py), without the strength of a visit, which only the gate knows: the families of the
# person for whom is asked, and for anybody at all the office's own record. Not in SQL: such a function is planned anew
# in each statement, which takes longer than reading a family's entries; a connection plans this one once. Where one
# family is named, that one alone is looked at: it makes less of what is read, never more.
STANDS = f"""
CREATE OR REPLACE FUNCTION record_families() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (
  SELECT CASE WHEN who IS NULL THEN '{{}}' ELSE array(
    SELECT 0 UNION ALL
    SELECT r.family FROM record_relationship r
     WHERE r.person = who AND r.family BETWEEN COALESCE(asked.family, 0) AND COALESCE(asked.family, 2147483647)
     GROUP BY r.family
    HAVING NOT bool_or(r.state IN ('excluded', 'barred'))
       AND NOT (bool_or(r.kind IN ({_words(STAFF)})) AND bool_or(r.kind IN ({_words(KIN)})))
       AND bool_or((r.until IS NULL OR r.until > asked.now)
                   AND (r.state = 'active'
                        OR r.state IN ('paused', 'ended') AND r.kind IN ({_words(KIN)}) AND r.ended_seq IS NOT NULL)))
    END
  FROM (SELECT CAST(substring(current_setting('alongside.reader', true) FROM '^[0-9]{{1,9}}$') AS integer),
               CAST(substring(current_setting('alongside.now', true) FROM '^[0-9]{{1,18}}$') AS bigint),
               CAST(substring(current_setting('alongside.family', true) FROM '^[0-9]{{1,9}}$') AS integer)
       ) AS asked(who, now, family)
); END $$
"""
HOUSE = "(SELECT current_setting('alongside.reader', true)) = 'house'"
# Who reads and who receives, each a rule of its own: name -> (for what, how it is said, under which condition). Not
# ANY of an array: that is gone through again for each row, and somebody may stand in a thousand families.
RULES = {
    "record_entry_read": (
        "SELECT", "USING", f"{HOUSE} OR (pk >> {SEQ_BITS}) IN (SELECT CAST(unnest(record_families()) AS bigint))"
    ),
    "record_entry_receive": ("INSERT", "WITH CHECK", HOUSE),
}  # fmt: skip
STANDING = [
    "ALTER TABLE record_entry ENABLE ROW LEVEL SECURITY",
    *(f"CREATE POLICY {name} ON record_entry FOR {what} {how} ({when})" for name, (what, how, when) in RULES.items()),
]


def _walls(walls: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """(name, UPDATE or DELETE, table, what it says) of each wall. Raises ValueError for one this cannot say."""
    for sql in walls.values():
        found = WALL.fullmatch(sql)
        if found is None:
            raise ValueError(f"This wall has no words in PostgreSQL: {sql}")
        yield found.groups()


def _emptied(table: str) -> str:
    return f"{table}_no_truncate"


def names(walls: Mapping[str, str]) -> set[str]:
    """The triggers that must be there, and the function that erases."""
    door = {ERASE} if DOOR in walls else set()
    return {*walls, *door, *(_emptied(table) for _name, _when, table, _says in _walls(walls))}


def standing() -> set[str]:
    """The names of the walls that are there, awake, and say no; and of the function that erases, if it is ours."""
    found = {name for (name,) in connection.rows(TRIGGERS, [OPENS, SAYS])}
    return found | ({ERASE} if connection.rows(DOES, [ERASING.split("$$")[1], _role(), _role()]) else set())


def _role() -> str:
    """The role that serves, also while the owner is at work."""
    return connection.settings_dict.get("ROLE") or connection.settings_dict["USER"]


def build(walls: Mapping[str, str]) -> None:
    """Put up everything anew, as the owner of the tables."""
    role = connection.ops.quote_name(_role())
    found = list(_walls(walls))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REFUSING.replace("%%", "%"))
        cursor.execute(LETTING_THROUGH)
        for name, when, table, says in found:
            _trigger(cursor, name, when, table, "ROW", says)
        for table in {table for _name, _when, table, _says in found}:
            _trigger(cursor, _emptied(table), "TRUNCATE", table, "STATEMENT", "the record is never emptied")
        cursor.execute(f"ALTER TABLE {ENTRY} ENABLE ALWAYS TRIGGER {DOOR}")
        cursor.execute(f"DROP FUNCTION IF EXISTS {ERASE}(bigint, text, text, text)")  # and whoever might call it
        cursor.execute(ERASING)
        cursor.execute(STANDS)
        cursor.execute(POLICIES)
        for name, *_how in cursor.fetchall():  # whoever made it: what is not ours opens what ours keep
            cursor.execute(f"DROP POLICY {connection.ops.quote_name(name)} ON record_entry")
        for sql in STANDING:
            cursor.execute(sql)
        _grant(cursor, role, {table for _name, _when, table, _says in found})


def _trigger(cursor, name: str, when: str, table: str, each: str, says: str) -> None:
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} "
        f"EXECUTE FUNCTION {'record_erased_only' if name == DOOR else 'record_refuse'}('{says}')"
    )


def _grant(cursor, role: str, written_once: set[str]) -> None:
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in sorted(written_once):
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {role}")
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
    cursor.execute(f"REVOKE ALL ON FUNCTION {ERASE} FROM PUBLIC")
    cursor.execute(f"GRANT EXECUTE ON FUNCTION {ERASE} TO {role}")


MAY = """
SELECT r.rolsuper OR r.rolbypassrls, pg_catalog.pg_has_role(c.relowner, 'MEMBER'), c.relrowsecurity,
       has_table_privilege(c.oid, 'UPDATE') OR has_any_column_privilege(c.oid, 'UPDATE')
       OR has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE')
  FROM pg_catalog.pg_class c, pg_catalog.pg_roles r
 WHERE c.oid = CAST(%s AS regclass) AND r.rolname = current_user
"""
POLICIES = """
SELECT policyname, cmd, permissive, COALESCE(qual, with_check), qual IS NOT NULL AND with_check IS NOT NULL
  FROM pg_catalog.pg_policies WHERE tablename = 'record_entry' AND schemaname = 'public'
"""
FAMILIES = """
SELECT prosrc FROM pg_catalog.pg_proc
 WHERE proname = 'record_families' AND pronamespace = CAST('public' AS regnamespace) AND NOT prosecdef
"""
# The server says a condition back in words of its own: with its casts, names and brackets.
SPELLING = re.compile(r"::\w+|\bAS \w+|\bCAST\b|[()\[\]\s]")


def _plain(condition: str) -> str:
    return SPELLING.sub("", condition)


def _rules_stand() -> bool:
    """Whether the rules for entries are those that were put up, and say what they said; not what they are called."""
    there = {(name, what, kind, _plain(when), both) for name, what, kind, when, both in connection.rows(POLICIES, [])}
    needed = {(name, what, "PERMISSIVE", _plain(when), False) for name, (what, _how, when) in RULES.items()}
    return there == needed and connection.rows(FAMILIES, []) == [(STANDS.split("$$")[1],)]


def missing(walls: Mapping[str, str]) -> list[Error]:
    """What is not as it must be for the role that serves."""
    found = []
    for table in sorted({table for _name, _when, table, _says in _walls(walls)}):
        above, owns, secured, changes = connection.rows(MAY, [table])[0]
        if above or owns:
            found.append(Error(f"The application's role stands above the walls of {table}: it owns it, or may pass "
                               "by row-level security. Serve with another role.", id="record.E002"))  # fmt: skip
        elif changes:
            found.append(Error(f"The application's role may change or remove rows of {table}.", id="record.E003"))
        if table == ENTRY and not secured:
            found.append(Error("Row-level security of the entries is off.", id="record.E004"))
    for (what,) in connection.rows(BESIDE, [SAYS, OPENS, _role()]):
        found.append(Error(f"Beside the walls there is a {what}: it could change an entry.", id="record.E005"))
    if not _rules_stand():
        found.append(Error("The rules for who reads entries are not as they were put up.", id="record.E004"))
    return found
