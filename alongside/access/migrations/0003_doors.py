# Accounts for real: codes, visits, wrong tries, the second factor.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wrong',
            fields=[
                ('place', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('until', models.BigIntegerField(default=0)),
                ('at', models.BigIntegerField(default=0)),
            ],
            options={
                'db_table': 'access_wrong',
            },
        ),
        migrations.AddField(
            model_name='account',
            name='called',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='account',
            name='totp',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='account',
            name='totp_step',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='account',
            name='word',
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.CreateModel(
            name='CodeGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('open', models.CharField(max_length=4, unique=True)),
                ('secret', models.CharField(max_length=64)),
                ('wrong', models.PositiveSmallIntegerField(default=0)),
                ('until', models.BigIntegerField()),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'access_code',
            },
        ),
        migrations.CreateModel(
            name='VisitOpen',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('way', models.CharField(max_length=10)),
                ('device', models.CharField(max_length=10)),
                ('strength', models.PositiveSmallIntegerField()),
                ('proved', models.BigIntegerField(default=0)),
                ('began', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'access_visit',
            },
        ),
    ]
