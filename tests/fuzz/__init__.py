"""What must hold whatever is written, asked or sent: told of many odd cases, not of a few.

`tests/test_fuzz.py` tries some of each; `python -m tests.fuzz --cases 1000000` many more.
"""
