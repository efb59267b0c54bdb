"""The generator: Markdown entries in, a searchable static FAQ site out."""
