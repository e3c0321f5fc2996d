"""What is written so that a crash leaves all of it or nothing."""
