"""Writers of the house's own nouns."""
