# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Triggers that stamp each row with the database's clock and let nobody change or remove one.

A month goes as a whole, by the owner of the tables, when its five years are over and its anchor is kept.
"""

from django.db import migrations

APPEND_ONLY = ("audit_event", "audit_step", "audit_batch", "audit_seal", "audit_anchor")
STAMPED = ("audit_event", "audit_step")

FUNCTIONS = """
CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorded_at := clock_timestamp();
    NEW.month := date_trunc('month', NEW.recorded_at AT TIME ZONE 'UTC')::date;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_term_is_over(which date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT (which + interval '5 years 1 month') AT TIME ZONE 'UTC' <= statement_timestamp()
$$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'audit_anchor' THEN
        IF current_setting('huisartsplek.dropped_month', true) = OLD.month::text
            AND audit_term_is_over(OLD.month)
            AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
        THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_drop_month(which date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT audit_term_is_over(which) THEN
        RAISE EXCEPTION 'the five years of % are not over', which;
    END IF;
    IF NOT EXISTS (
        SELECT FROM audit_anchor WHERE month = which
        AND events = (SELECT count(*) FROM audit_event WHERE month = which)
    ) THEN
        RAISE EXCEPTION 'the anchor of % does not hold all of its events', which;
    END IF;
    PERFORM set_config('huisartsplek.dropped_month', which::text, true);
    DELETE FROM audit_seal WHERE month = which;
    DELETE FROM audit_batch WHERE month = which;
    DELETE FROM audit_step WHERE month = which;
    DELETE FROM audit_event WHERE month = which;
    PERFORM set_config('huisartsplek.dropped_month', '', true);
END $$;
REVOKE ALL ON FUNCTION audit_drop_month(date) FROM PUBLIC;
"""

DROP_FUNCTIONS = """
DROP FUNCTION audit_drop_month(date);
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_term_is_over(date);
DROP FUNCTION audit_stamp();
"""


def _stamp(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_stamp BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION audit_stamp()",
        f"DROP TRIGGER {table}_stamp ON {table}",
    )


def _append_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION audit_refuse();"
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        f"DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_whole ON {table}",
    )


class Migration(migrations.Migration):
    """Make the log append-only."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        *[_stamp(table) for table in STAMPED],
        *[_append_only(table) for table in APPEND_ONLY],
    ]
