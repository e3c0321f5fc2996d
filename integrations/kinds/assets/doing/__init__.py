"""What a row would change of a thing, whether it may, the doing of it and the undoing."""
