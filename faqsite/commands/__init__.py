"""The command line: a module for each command, and the preview that `serve` shows.

`cli` chooses the command and turns errors into a message and an exit status; `console` has what
all commands share. Begin with `cli`.
"""
