"""What `check` reports: what a build lets pass and an editor should know.

`audit` lists all checks. `changes` compares two states of the content for a pull request. Begin
with `audit`.
"""
