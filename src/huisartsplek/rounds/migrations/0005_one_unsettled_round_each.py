# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_what_is_settled(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    entries = apps.get_model("rounds", "Entry").objects
    over = ("settled", "carried_out", "cancelled")
    entries.filter(round__state__in=over).update(is_unsettled=False)


class Migration(migrations.Migration):
    dependencies = [("rounds", "0004_freeze_before")]

    operations = [
        migrations.AddField(model_name="entry", name="is_unsettled", field=models.BooleanField(default=True)),
        migrations.RunPython(mark_what_is_settled, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=["request"], condition=models.Q(("is_unsettled", True)), name="one_unsettled_round_each"
            ),
        ),
    ]
