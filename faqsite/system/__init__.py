"""What the program asks of the machine: files, a progress line, digests, another host.

Reading and writing here is careful: no link is followed out of a folder, and no file is half
written. Begin with `files`.
"""
