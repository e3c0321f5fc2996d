"""Programs, awards, purchases, units and the shares that paid for them."""
