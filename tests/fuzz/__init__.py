"""Properties that hold whatever is written, asked or sent; `make fuzz` tries them longest."""
