"""What the names in rows of things mean: products, rooms, tags, whoever has them."""
