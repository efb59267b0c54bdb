"""The Markdown of an entry to a safe answer.

`dialect` makes HTML as GitHub would, `sanitise` is the wall around it, and `symbolic` keeps links,
ids and heading levels open until a page is known. Begin with `answer`.
"""
