"""What `check` reports: what a build lets pass and an editor should know.

Each audit is a function that yields problems, and `audit` lists them. `changes` compares two states
of the content for a pull request. Begin with `audit`.
"""
