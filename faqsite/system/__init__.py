"""Everything about the machine: files, a progress line, digests, other hosts.

Reading and writing are careful: no link leads out of a folder, and no file is half written.
Begin with `files`.
"""
