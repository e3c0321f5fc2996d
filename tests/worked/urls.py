"""The addresses of the house, made while an example is registered."""

from django.urls import include, path

from assets.act import acts
from assets.api import verbs
from assets.passport.act_pages import page_address
from district_assets.urls import handler403, handler404
from district_assets.urls import urlpatterns as of_the_house

__all__ = ["handler403", "handler404"]

urlpatterns = [
    *(page_address(act, act.page) for act in acts() if act.page is not None),
    path("api/v1/", include(verbs.addresses())),
    *of_the_house,
]
