from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_finding_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='Away',
            fields=[
                ('entry', models.BigIntegerField(primary_key=True, serialize=False)),
                ('family', models.PositiveIntegerField()),
                ('person', models.IntegerField()),
                ('stand_in', models.IntegerField()),
                ('first_day', models.IntegerField()),
                ('last_day', models.IntegerField()),
            ],
            options={
                'db_table': 'access_away',
                'indexes': [models.Index(fields=['stand_in', 'family', 'last_day'], name='access_away_stand_in')],
            },
        ),
        migrations.CreateModel(
            name='Hazard',
            fields=[
                ('entry', models.BigIntegerField(primary_key=True, serialize=False)),
                ('family', models.PositiveIntegerField()),
                ('person', models.IntegerField()),
                ('seq', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'access_hazard',
                'indexes': [models.Index(fields=['family', 'person'], name='access_hazard_person')],
            },
        ),
        migrations.CreateModel(
            name='Closed',
            fields=[
                ('family', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('person', models.IntegerField()),
            ],
            options={
                'db_table': 'access_closed',
            },
        ),
    ]
