"""The desk: from a scanned code to what it means in a mode."""
