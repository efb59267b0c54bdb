"""Import from other programs, and export to a table.

A `from_` module turns a source into articles, `to_markdown` turns their answers into our Markdown,
and `admission` decides which become entries. Begin with `article`, then `admission`.
"""
