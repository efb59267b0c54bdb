"""The search: what a word is, and the index that a browser loads.

`index` turns a FAQ into terms and postings, lunr's Builder weighs them (`vectors`), and `packing`
writes them small; `parts` splits the index of a large site. Begin with `index`.
"""
