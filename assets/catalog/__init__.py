"""Categories, products and tag ranges."""
