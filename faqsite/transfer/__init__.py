"""Import from other programs, and export to a table.

`table` and the `from_` modules turn sources into articles, `to_markdown` turns their answers into
our Markdown, and `admission` decides which become entries. Begin with `article` and `admission`.
"""
