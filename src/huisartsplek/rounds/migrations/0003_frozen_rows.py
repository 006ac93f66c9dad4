# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Triggers that keep the files of a round, and what was frozen of everybody's entry, as they are."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION rounds_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is frozen in % stays as it is', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""
FROZEN = "round_id, request_id, alias, leaf, salt, rows"


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in FROZEN.split(", "))


class Migration(migrations.Migration):
    """Let nobody change what was frozen."""

    dependencies = [("rounds", "0002_halted_round")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION rounds_refuse()"),
        migrations.RunSQL(
            "CREATE TRIGGER rounds_roundfile_rows BEFORE UPDATE OR DELETE ON rounds_roundfile"
            " FOR EACH ROW EXECUTE FUNCTION rounds_refuse()",
            "DROP TRIGGER rounds_roundfile_rows ON rounds_roundfile",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER rounds_entry_frozen BEFORE UPDATE ON rounds_entry FOR EACH ROW"
            f" WHEN (({_of('OLD')}) IS DISTINCT FROM ({_of('NEW')})) EXECUTE FUNCTION rounds_refuse()",
            "DROP TRIGGER rounds_entry_frozen ON rounds_entry",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER rounds_entry_rows BEFORE DELETE ON rounds_entry"
            " FOR EACH ROW EXECUTE FUNCTION rounds_refuse()",
            "DROP TRIGGER rounds_entry_rows ON rounds_entry",
        ),
    ]
