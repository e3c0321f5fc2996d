"""REST: programs, awards, parameters, vendors, purchases with lines and units, shares."""
