"""Turns a FAQ into planned pages, and these into the files of the site.

`plan` decides which pages there are and what each shows, `render` turns one into HTML with its
template, and `metadata` writes what other programs read. Begin with `plan`.
"""
