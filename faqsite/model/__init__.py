"""The nouns of a FAQ: frozen records, problems, and addresses.

Every other package speaks in these words and this one imports none of them.
Begin with `records`; `problems` collects what is wrong, `urls` makes addresses and links.
"""
