"""Days and instants of the district."""
