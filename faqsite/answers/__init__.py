"""The Markdown of an entry to a safe answer.

`dialect` writes HTML as GitHub does, `sanitise` is the wall around it, and `symbolic` keeps links,
ids and heading levels open until the page is known. Start with `answer`.
"""
