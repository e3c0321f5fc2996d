"""How far work is, for whoever may see things."""

from core.api.runs import RunDetail


class ThingRun(RunDetail):
    permissions = {"GET": "assets.view_asset"}
