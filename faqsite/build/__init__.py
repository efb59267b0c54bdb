"""The main flow from content/ to site/, and publishing it all or nothing.

Begin with `pipeline`, which reads from top to bottom; `publish` swaps the new site in.
"""
