# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two roles: the owner migrates the schema; the application uses it and can rewrite neither schema nor audit."""

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from huisartsplek.config.database.cluster import ADMIN, APPLICATION, NAME, OWNER, Cluster, Memory

AUDIT_PREFIX = "audit_"


def create_roles(cluster: Cluster, memory: Memory) -> None:
    """Make the two roles and the database of an embedded server, and give the roles today's passwords."""
    with psycopg.connect(cluster.address(memory, ADMIN, "postgres").url, autocommit=True) as admin:
        for role, password, rights in (
            (OWNER, memory.owner_password, sql.SQL("LOGIN CREATEDB")),
            (APPLICATION, memory.application_password, sql.SQL("LOGIN")),
        ):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                admin.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), rights))
            # Only what the password proves goes to the server, so that no log can show the password.
            verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
            admin.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier.decode()))
            )
        # The owner may act as the application: that is how tests see what the application cannot do.
        admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            admin.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(OWNER))
            )


def grant_application_role(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the application's role exactly its rights on the present schema; repeat it after every migration.

    It reads and writes rows, but of the audit tables it reads and adds rows only. It owns nothing and
    makes nothing. A database entered by one role alone is left as it is: an owner's rights cannot be cut.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema(), current_database()")
        owner, schema, database = cursor.fetchone()
        if owner == role:
            return
        names = {
            "role": sql.Identifier(role),
            "schema": sql.Identifier(schema),
            "database": sql.Identifier(database),
        }
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm')"
            " AND pg_has_role(c.relowner, 'USAGE')",
            [schema],
        )
        tables = sorted(name for (name,) in cursor.fetchall())
        statements = [
            sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names),
            sql.SQL("REVOKE ALL ON DATABASE {database} FROM {role}").format(**names),
            sql.SQL("GRANT CONNECT ON DATABASE {database} TO {role}").format(**names),
            sql.SQL("REVOKE ALL ON SCHEMA {schema} FROM {role}").format(**names),
            sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**names),
            sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {role}").format(**names),
            sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}").format(**names),
        ]
        for table in tables:
            rights = "SELECT, INSERT" if table.startswith(AUDIT_PREFIX) else "SELECT, INSERT, UPDATE, DELETE"
            target = {**names, "table": sql.Identifier(schema, table), "rights": sql.SQL(rights)}
            statements += [
                sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**target),
                sql.SQL("GRANT {rights} ON {table} TO {role}").format(**target),
            ]
        cursor.execute(sql.SQL("; ").join(statements))
