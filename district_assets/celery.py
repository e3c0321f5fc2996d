"""The Celery application: tasks carry a Run's id and nothing else."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district_assets.settings")
app = Celery("district_assets")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
