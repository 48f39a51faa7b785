
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                ('id', models.CharField(max_length=32, unique=True)),
                ('family', models.PositiveIntegerField(db_index=True)),
                ('person', models.IntegerField(db_index=True)),
                ('about', models.IntegerField()),
                ('on', models.CharField(max_length=10)),
                ('due', models.CharField(max_length=10)),
                ('lang', models.CharField(max_length=16)),
                ('state', models.CharField(max_length=10)),
                ('given_on', models.CharField(max_length=10)),
            ],
            options={
                'db_table': 'pack_asked',
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('asked', models.CharField(max_length=32)),
                ('family', models.PositiveIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('body', models.TextField()),
            ],
            options={
                'db_table': 'pack_part',
                'constraints': [models.UniqueConstraint(fields=('asked', 'number'), name='pack_part_once')],
            },
        ),
    ]
