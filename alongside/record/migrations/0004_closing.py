import alongside.record.place
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0003_the_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('entry', alongside.record.place.Place(primary_key=True, serialize=False)),
                ('ends', models.BigIntegerField()),
            ],
            options={
                'db_table': 'record_closing',
            },
        ),
    ]
