"""Settings, addresses and servers of the whole."""

from district_assets.celery import app as celery_app

__all__ = ["celery_app"]
