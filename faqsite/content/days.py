"""The days that a date can mean, however an editor writes it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile("[t ][0-9]{1,2}:[0-9]{2}.*")
_WITHOUT_SIGNS = re.compile(r"\b([0-9]{4})([0-9]{2})([0-9]{2})\b")
_FIRST_YEAR = 1000


def find_days(text: str) -> list[date]:
    """Return the days that a text can mean: two if day and month can change places.

    >>> find_days("Nov 30, 2026"), find_days("30.11.2026"), find_days("next week")
    ([datetime.date(2026, 11, 30)], [datetime.date(2026, 11, 30)], [])
    """
    text = _WITHOUT_SIGNS.sub(r"\1-\2-\3", _TIME.sub("", text.lower()))
    names = [word[:3] for word in re.findall("[a-z]{3,}", text)]
    months = [_MONTHS.index(name) + 1 for name in names if name in _MONTHS]
    numbers = [int(number) for number in re.findall("[0-9]{1,4}", text)]
    orders = []
    match numbers, months:
        case [one, other], [month]:
            orders = [(one, month, other), (other, month, one)]
        case [first, second, third], []:
            orders = [(first, second, third), (third, second, first), (third, first, second)]
    days = set()
    for year, month, day in orders:
        with suppress(ValueError):
            days.add(date(year, month, day))
    return sorted(day for day in days if day.year >= _FIRST_YEAR)
