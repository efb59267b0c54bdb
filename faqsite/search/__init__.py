"""The search: what a word is, and the index that a browser loads.

`terms` counts the words of a FAQ and lets lunr's Builder weigh them, `packing` writes the counts
small, and `parts` splits the index of a large site. Begin with `index`, which plans the files.
"""
