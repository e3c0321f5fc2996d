"""REST: categories, products, assets and what is done with them."""
