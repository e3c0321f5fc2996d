"""The things: catalog, custody, places, sightings, mistakes, leaving."""
