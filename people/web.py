"""The request of somebody who signed in."""

from core.web.http import PageRequest
from people.models import User


class HouseRequest(PageRequest):
    """What a view gets behind `login_required`."""

    user: User
