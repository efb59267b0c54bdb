"""A FAQ to planned pages, and these to the bytes of the site.

`plan` decides which pages there are and what each shows, `render` turns one into HTML by its
template, and `metadata` writes what other programs read. Begin with `plan`.
"""
