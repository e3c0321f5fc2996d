"""Examples that are worked for real: what somebody writes who adds an act or an import kind."""
