"""The nouns of a FAQ: frozen records, problems, and addresses.

Every other package uses these, and this one imports none of the others.
Begin with `records`; `problems` collects what is wrong, `urls` makes addresses and links.
"""
