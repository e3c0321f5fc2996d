"""Users, roles, schools, rooms and the roster."""
