"""A cache is never believed: what is not exactly as it was left is as if it were not there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faqsite import cache as caching
from faqsite.cache import Cache, generator_id, open_cache, user_key

KEY = bytes(range(32))
TEXTS = {"one": '{"a": "é\\n"}', "two": "", "three": "x " * 50}


def read(folder: Path, key: bytes = KEY) -> dict[str, str]:
    return {name: text.decode() for name, text in Cache(folder, key).read("entries").items()}


def written(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    Cache(folder, KEY).write("entries", dict(texts))
    return folder / "entries"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    written(tmp_path)
    assert read(tmp_path) == TEXTS


def test_of_a_cache_that_is_not_there_nothing_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere") == {}


def test_another_key_reads_nothing(tmp_path: Path) -> None:
    written(tmp_path)
    assert read(tmp_path, KEY[::-1]) == {}


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda content: content[:0],
    "no text": lambda content: b"\xff\x00" * len(content),
    "another name": lambda content: content.replace(b" one ", b" two "),
    "another text": lambda content: content.replace(b'"a"', b'"b"'),
    "a line without a code": lambda content: content + b'\none {"a": "forged"}\n',
    "the code of another line": lambda content: content.replace(
        content.split(b"\n")[1][:32], content.split(b"\n")[2][:32]
    ),
}


@pytest.mark.parametrize("how", SPOILED)
def test_what_was_changed_is_not_believed(tmp_path: Path, how: str) -> None:
    file = written(tmp_path)
    file.write_bytes(SPOILED[how](file.read_bytes()))
    found = read(tmp_path)
    assert found.items() <= TEXTS.items()
    assert found != TEXTS or how == "a line without a code"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 400), to=st.binary(max_size=3), length=st.integers(0, 5))
def test_no_change_of_a_few_bytes_makes_another_text(
    tmp_path: Path, at: int, to: bytes, length: int
) -> None:
    file = written(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[:at] + to + content[at + length :])
    assert read(tmp_path).items() <= TEXTS.items()


def test_a_line_that_was_cut_short_spoils_none_that_is_added(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_bytes(file.read_bytes()[:-40])
    cache = Cache(tmp_path, KEY)
    held = dict(cache.read("entries"))
    cache.write("entries", held | {"four": "new"})
    assert read(tmp_path) == {"one": TEXTS["one"], "two": "", "four": "new"}


def test_only_what_is_new_is_written_until_most_lines_are_idle(tmp_path: Path) -> None:
    file = written(tmp_path, {"one": "1", "two": "2"})
    sizes = [file.stat().st_size]
    for text in ("3", "4", "5", "6"):
        cache = Cache(tmp_path, KEY)
        cache.write("entries", {**cache.read("entries"), "two": text})
        assert read(tmp_path) == {"one": "1", "two": text}
        sizes.append(file.stat().st_size)
    assert max(sizes) < 3 * sizes[0]
    assert sizes != sorted(sizes)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_a_cache_that_cannot_be_written_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    Cache(tmp_path / "cache", KEY).write("entries", dict(TEXTS))
    assert read(tmp_path / "cache") == {}


links = pytest.mark.skipif(sys.platform == "win32", reason="a link takes a right there")


@links
@pytest.mark.parametrize("file", ["entries", "entries.new"])
def test_a_link_that_a_branch_brings_along_is_neither_read_nor_written_through(
    tmp_path: Path, file: str
) -> None:
    profile = tmp_path / "profile"
    profile.write_bytes(written(tmp_path / "other").read_bytes())
    before = profile.read_bytes()
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / file).symlink_to(profile)
    cache = Cache(folder, KEY)
    assert cache.read("entries") == {}
    cache.write("entries", {"a": "$(a command)"})
    assert profile.read_bytes() == before
    assert read(folder) == {"a": "$(a command)"}
    assert [(each.name, each.is_symlink()) for each in folder.iterdir()] == [("entries", False)]


@links
def test_of_a_link_without_an_end_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "entries").symlink_to("/dev/zero")
    assert read(tmp_path) == {}


@links
@pytest.mark.usefixtures("home")
def test_where_a_link_stands_for_the_folder_there_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / ".site.cache").symlink_to(tmp_path)
    assert open_cache(tmp_path / "site") is None


def test_what_a_killed_build_left_of_a_file_is_cleared_away(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "entries.new").write_bytes(b"half")
    cache = Cache(tmp_path, KEY)
    cache.write("entries", cache.read("entries"))
    assert [each.name for each in tmp_path.iterdir()] == ["entries"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the folder of the user's caches be an empty one."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_user_has_one_key_that_is_made_when_it_is_first_wanted(home: Path) -> None:
    key = user_key()
    assert len(key) == 32
    assert user_key() == key
    (home / "faqsite/key").unlink()
    assert user_key() != key


def test_a_key_that_was_cut_short_is_made_anew(home: Path) -> None:
    user_key()
    (home / "faqsite/key").write_bytes(b"")
    (home / "faqsite/key.123").write_bytes(b"half")
    assert len(user_key()) == 32
    assert [each.name for each in (home / "faqsite").iterdir()] == ["key"]


def test_without_a_place_for_the_key_there_is_no_cache(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write_bytes(b"a file where the folder should be")
    assert open_cache(tmp_path / "site") is None
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, "not/absolute")
    assert user_key() == b""


@pytest.mark.usefixtures("home")
def test_the_cache_of_an_output_lies_beside_it(tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "site")
    assert cache
    cache.write("entries", dict(TEXTS))
    assert (tmp_path / ".site.cache/entries").is_file()


@pytest.mark.usefixtures("home")
def test_what_another_generator_wrote_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = open_cache(tmp_path / "site")
    assert one
    one.write("entries", dict(TEXTS))
    monkeypatch.setattr(caching, "generator_id", lambda: b"a later version")
    other = open_cache(tmp_path / "site")
    assert other
    assert other.read("entries") == {}


def test_the_generator_is_another_with_another_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = generator_id()
    assert generator_id() == before
    (tmp_path / "markdown-99.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert generator_id() != before
