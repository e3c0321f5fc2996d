"""The picture of the house is the house."""

from scripts import layers


def test_the_picture_of_the_layers_is_drawn_from_the_contracts() -> None:
    apps, orders = layers.contracts()
    assert {"assets", "people", "funding", "reports", "integrations"} <= {
        app for order in orders for app in order.get("containers", ())
    }
    assert all(layers.purpose(app) for app in apps)
    # Drawn anew by: python -m scripts.layers
    assert layers.DOCUMENT.read_text(encoding="utf-8") == layers.draw()
