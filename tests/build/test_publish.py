"""Publishing replaces the output with a whole site, or leaves it as it was.

`test_whole.py` kills builds and makes the disk fail.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.build import publish as publishing
from faqsite.build.publish import MARKER, PublishError, finish_last_run, publish
from faqsite.model.problems import ContentError
from faqsite.model.records import SiteFile
from tests.support.documents import write

OLD = {"index.html": b"old", "team/time-zone.html": b"old", "gone.html": b"old"}
NEW = {"index.html": b"new", "team/time-zone.html": b"new", "assets/style.css": b"new"}


def files(site: Mapping[str, bytes]) -> tuple[SiteFile, ...]:
    return tuple(SiteFile(address, partial(bytes, content)) for address, content in site.items())


def site_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a published folder, without its marker."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def beside(output: Path) -> set[str]:
    """Return the names beside the output, without the lock."""
    return {path.name for path in output.parent.iterdir()} - {output.name, f".{output.name}.lock"}


@pytest.fixture(params=["one step", "two renames"])
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)


each_way = pytest.mark.usefixtures("_each_way")


def test_a_site_that_is_too_large_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    publish(files(OLD), output)
    monkeypatch.setattr(publishing, "MAX_SITE_BYTES", 9)
    assert publish(files(OLD), output) == 9
    with pytest.raises(ContentError) as raised:
        publish(files({**OLD, "more.html": b"a"}), output)
    assert str(raised.value) == (
        "content/: the site would be larger than 9 bytes; list fewer related entries, "
        "use fewer folders at the top, or split the site"
    )
    assert site_in(output) == OLD
    assert beside(output) == set()


@each_way
def test_the_new_site_replaces_the_old_one(tmp_path: Path) -> None:
    publish(files(OLD), tmp_path / "site")
    publish(files(NEW), tmp_path / "site")
    assert site_in(tmp_path / "site") == NEW
    assert beside(tmp_path / "site") == set()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems may have no such call")
def test_linux_swaps_two_folders_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(name, encoding="utf-8")
    assert publishing._exchange(tmp_path / "one", tmp_path / "other")  # noqa: SLF001 (a system call)
    assert (tmp_path / "one/name").read_text(encoding="utf-8") == "other"
    assert (tmp_path / "other/name").read_text(encoding="utf-8") == "one"
    assert not publishing._exchange(tmp_path / "one", tmp_path / "third")  # noqa: SLF001


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a special right there")
def test_a_link_in_the_old_output_is_replaced_by_the_file(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(files(OLD), output)
    (tmp_path / "mine").write_bytes(b"mine")
    (output / "gone.html").unlink()
    (output / "gone.html").symlink_to(tmp_path / "mine")
    publish(files(OLD), output)
    assert not (output / "gone.html").is_symlink()
    assert site_in(output) == OLD
    assert (tmp_path / "mine").read_bytes() == b"mine"


@pytest.mark.parametrize("output", ["deep/er/site", "site", "empty"])
def test_the_output_can_be_missing_empty_or_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    for site in (OLD, NEW):
        publish(files(site), Path(output))
        assert site_in(tmp_path / output) == site


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_web_server_can_read_the_site(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        publish(files(NEW), tmp_path / "site")
    finally:
        os.umask(before)
    for path in (tmp_path / "site", *(tmp_path / "site").rglob("*")):
        expected = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == expected


@pytest.mark.parametrize(
    ("own", "refused", "message"),
    [
        ("site/chapter.txt", "site", "contains other files; empty it or choose another folder"),
        ("site", "site", "is a file; choose a folder"),
        (".site.part/a", ".site.part", "contains other files; empty it or choose another folder"),
    ],
)
def test_files_that_are_not_ours_are_never_touched(
    tmp_path: Path, own: str, refused: str, message: str
) -> None:
    write(tmp_path, {own: "years of work"})
    with pytest.raises(PublishError) as error:
        publish(files(NEW), tmp_path / "site")
    assert str(error.value) == f"{tmp_path / refused} {message}"
    left = {path for path in tmp_path.rglob("*") if path.is_file()} - {tmp_path / ".site.lock"}
    assert left == {tmp_path / own}
    assert (tmp_path / own).read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_link_cannot_be_the_output(tmp_path: Path, target: str) -> None:
    publish(files(OLD), tmp_path / "elsewhere")
    output = tmp_path / "site"
    output.symlink_to(tmp_path / target)
    with pytest.raises(PublishError) as error:
        publish(files(NEW), output)
    assert str(error.value) == f"{output} is a link; choose the folder itself"
    assert site_in(tmp_path / "elsewhere") == OLD


@pytest.mark.parametrize(
    "address",
    ["", ".", "..", "../x", "a/../x", "a//x", "a/", "/etc/x", "\\\\host\\x", "C:x", "a\0", MARKER],
)
def test_an_address_outside_the_site_is_an_error(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValueError, match="not an address inside the site"):
        publish(files({address: b""}), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@given(address=st.text())
def test_no_address_leads_out_of_the_folder(address: str) -> None:
    try:
        publishing._check_address(address)  # noqa: SLF001 (without writing half a million folders)
    except ValueError:
        return
    assert os.path.normpath(f"/site/{address}") == f"/site/{address}"


@pytest.mark.parametrize("addresses", [["a.html", "a.html"], ["a", "a/b.html"], ["a/b/c", "a/b"]])
def test_addresses_that_collide_are_an_error(tmp_path: Path, addresses: list[str]) -> None:
    with pytest.raises(FileExistsError):
        publish([SiteFile(each, bytes) for each in addresses], tmp_path / "site")


@each_way
def test_a_build_that_fails_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    publish(files(OLD), output)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "sync", full)
        with pytest.raises(OSError, match="No space left"):
            publish(files(NEW), output)
    assert site_in(output) == OLD
    assert beside(output) == set()  # A full disk is not left fuller.
    publish(files(NEW), output)
    assert site_in(output) == NEW
    assert beside(output) == set()


@pytest.mark.skipif(not hasattr(os, "sync"), reason="the system has no such call")
def test_the_new_site_is_synced_before_the_swap_and_the_swap_before_the_removal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    publish(files(OLD), output)
    calls: list[str] = []

    def note(module: object, name: str) -> None:
        call = getattr(module, name)

        def noted(*given: object) -> object:
            calls.append(name)
            return call(*given)

        monkeypatch.setattr(module, name, noted)

    for module, name in ((os, "sync"), (shutil, "rmtree"), (publishing, "_replace")):
        note(module, name)
    publish(files(NEW | {str(number): b"" for number in range(200)}), output)
    # The number of files makes no difference.
    assert calls == ["sync", "_replace", "sync", "rmtree", "rmtree"]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a special right there")
def test_the_lock_cannot_be_a_link(tmp_path: Path) -> None:
    (tmp_path / ".site.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError) as error:
        publish(files(NEW), tmp_path / "site")
    assert str(error.value) == f"{tmp_path / '.site.lock'} is a link; delete it"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("fails_first", [".site.part", "site", ".site.new"])
def test_a_failed_rename_undoes_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_first: str
) -> None:
    output = tmp_path / "site"
    publish(files(OLD), output)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == fails_first:
            raise PermissionError(13, "used by another program")
        return rename(self, target)

    monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        publish(files(NEW), output)
    assert site_in(output) == OLD
    assert beside(output) == set()


@pytest.mark.parametrize("error", [PermissionError(13, "used by another"), KeyboardInterrupt()])
def test_a_build_succeeds_even_if_the_old_site_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    output = tmp_path / "site"
    publish(files(OLD), output)

    def refuse(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", refuse)
        publish(files(NEW), output)
    assert site_in(output) == NEW
    assert beside(output) != set()
    publish(files(NEW), output)
    assert beside(output) == set()


def test_the_second_of_two_simultaneous_builds_fails(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(files(OLD), output)

    def make() -> bytes:
        with pytest.raises(PublishError) as error:
            publish(files(OLD), output)
        assert str(error.value) == f"another build is writing {output}; try again later"
        return b"new"

    publish([SiteFile("index.html", make)], output)
    assert site_in(output) == {"index.html": b"new"}


def test_the_next_command_finishes_a_build_killed_between_its_renames(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(files(NEW), output)
    output.rename(tmp_path / ".site.new")
    publish(files(OLD), tmp_path / ".site.old")
    (tmp_path / "..site.old.lock").unlink()
    finish_last_run(output)
    assert site_in(output) == NEW
    assert beside(output) == set()


def test_nothing_is_created_if_no_build_was_killed(tmp_path: Path) -> None:
    finish_last_run(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_half_a_site_never_replaces_a_deleted_one(tmp_path: Path) -> None:
    (tmp_path / ".site.part").mkdir()
    (tmp_path / ".site.part" / MARKER).touch()
    (tmp_path / ".site.part/index.html").write_bytes(b"half")
    finish_last_run(tmp_path / "site")
    assert list(tmp_path.iterdir()) == [tmp_path / ".site.lock"]
