"""The search: how text is split into tokens, and the index that a browser loads.

`terms` counts the terms of a FAQ and lets lunr's Builder weigh them, `packing` writes the counts
in a small format, and `parts` splits the index of a large site. Begin with `index`, which plans
the files.
"""
