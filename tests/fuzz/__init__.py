"""Properties that hold for any text, file, query or request; `make fuzz` tries them longest."""
