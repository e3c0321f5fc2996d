"""Files of awards."""
