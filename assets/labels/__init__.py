"""Labels: sheet geometry and codes drawn as vectors."""
