"""REST: schools, rooms, people."""
