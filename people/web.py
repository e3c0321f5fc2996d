"""The request of somebody who signed in."""

from django.http import HttpRequest

from people.models import User


class HouseRequest(HttpRequest):
    """What a view gets behind `login_required`."""

    user: User  # Django allows for anonymous ones
