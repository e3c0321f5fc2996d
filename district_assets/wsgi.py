"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DISTRICT_PROCESS", "web")  # see settings: who waits has less patience
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district_assets.settings")
application = get_wsgi_application()
