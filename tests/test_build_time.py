"""The benchmark of builds: its arithmetic and tables, and what it measures."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from benchmarks.build_tables import Costs, over_imports, ratio, table, typical
from benchmarks.generators import Cost, Generator, Workplace
from benchmarks.made_up import MadeEntry, MadeFaq, make_faq
from benchmarks.measure import memory_of
from benchmarks.peers import generators
from benchmarks.tables import markdown

from .product import PRODUCT


def took(*seconds: float) -> Sequence[Cost]:
    """Return the costs of rounds that differ in their time."""
    return [
        Cost(wall_s=each, cpu_s=2 * each, largest_bytes=1e6, together_bytes=3e6) for each in seconds
    ]


COSTS: Costs = {
    "ours": {"clean": took(2, 9, 4), "unchanged": took(1, 3, 1.5)},
    "peer": {"clean": took(4, 3, 4), "unchanged": took(1, 3, 1)},
    "imports": {"clean": took(0.5, 0.7, 0.6)},
}


def test_what_is_typical_is_the_median() -> None:
    assert typical(took(2, 9, 4), "wall_s") == 4
    assert typical(took(2, 4), "cpu_s") == 6


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ((2, 9, 4), (4, 3, 4), 1.0),
        ((1,), (4,), 0.25),
        # A round that was slow for both says the same as the others.
        ((1, 10, 1), (2, 20, 2), 0.5),
    ],
)
def test_a_ratio_is_of_the_same_round(
    ours: Sequence[float], theirs: Sequence[float], expected: float
) -> None:
    assert ratio(took(*ours), took(*theirs), "wall_s") == expected


def test_the_imports_are_taken_off_round_by_round() -> None:
    assert over_imports(COSTS, "ours", "imports", "unchanged") == pytest.approx(0.9)


def test_a_table_has_a_ratio_for_each_but_the_project_itself() -> None:
    labels = {"ours": "this project", "peer": "another", "imports": "imports"}
    rows = list(table(COSTS, labels, "ours", "wall time, s"))
    assert rows == [
        ("wall time, s", "clean", "unchanged"),
        ("this project", "4.00", "1.50"),
        ("another", "4.00 (1.00)", "1.00 (1.00)"),
        ("imports", "0.60 (6.67)", ""),
    ]
    assert list(markdown(rows))[:3] == [
        "| wall time, s | clean | unchanged |",
        "| --- | --- | --- |",
        "| this project | 4.00 | 1.50 |",
    ]


COPYING = """
from pathlib import Path
for file in Path("content").rglob("*.md"):
    page = Path("site", file.relative_to("content")).with_suffix(".html")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(file.read_text() + Path("page/page.html").read_text())
with Path("runs").open("a") as runs:
    runs.write(".")
"""


measured = pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not measure")


def a_generator(folder: Path, program: str = COPYING) -> Generator:
    (folder / "source/page").mkdir(parents=True)
    (folder / "source/page/page.html").write_text("<main></main>", encoding="utf-8")
    (folder / "source/make.py").write_text(program, encoding="utf-8")
    return Generator(
        name="copying",
        label="copying",
        commands=((sys.executable, "make.py"),),
        scaffold={name: folder / "source" / name for name in ("page", "make.py")},
        template="page/page.html",
        last="</main>",
    )


def a_faq(size: int = 3) -> MadeFaq:
    entries = tuple(
        MadeEntry(path=f"pay/{number}", question=f"What is {number}?", body="It is.")
        for number in range(size)
    )
    return MadeFaq(categories=(), entries=entries)


@measured
def test_a_clean_build_finds_nothing_of_earlier_ones(tmp_path: Path) -> None:
    workplace = Workplace(a_generator(tmp_path), a_faq(), tmp_path / "work")
    for _ in range(2):
        for run in workplace.steps.values():
            cost = run()
            assert cost.cpu_s > 0
            assert cost.wall_s > 0
            assert 1e6 < cost.largest_bytes <= cost.together_bytes
        assert (tmp_path / "work/runs").read_text(encoding="utf-8") == "...."


@measured
def test_a_change_is_another_one_each_time_and_the_original_stays(tmp_path: Path) -> None:
    workplace = Workplace(a_generator(tmp_path), a_faq(), tmp_path / "work")
    page = tmp_path / "work/site/pay/1.html"
    changes = set()
    for _ in range(2):
        for step in ("one entry", "one template"):
            workplace.steps[step]()
            changes.add(page.read_text(encoding="utf-8"))
    assert len(changes) == 4
    assert (tmp_path / "source/page/page.html").read_text(encoding="utf-8") == "<main></main>"


@measured
@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("import sys; sys.exit('no')", "no"),
        ("pass", "0 pages of 3"),
    ],
)
def test_a_build_that_makes_no_site_ends_the_benchmark(
    program: str, message: str, tmp_path: Path
) -> None:
    workplace = Workplace(a_generator(tmp_path, program), a_faq(), tmp_path / "work")
    with pytest.raises(SystemExit, match=message):
        workplace.clean()


@measured
def test_a_change_that_is_not_on_the_page_ends_the_benchmark(tmp_path: Path) -> None:
    program = COPYING.replace("file.read_text() + ", "'the same' + ")
    workplace = Workplace(a_generator(tmp_path, program), a_faq(), tmp_path / "work")
    with pytest.raises(SystemExit, match=r"^not on the page: "):
        workplace.change_entry()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_memory_is_that_of_a_program_and_all_that_it_started() -> None:
    program = "import sys; held = bytearray(50_000_000); print(flush=True); sys.stdin.read()"
    command = (sys.executable, "-c", program)
    with ExitStack() as stack:
        before = memory_of(os.getpid())
        for _ in range(2):
            child = stack.enter_context(Popen(command, stdin=PIPE, stdout=PIPE))  # noqa: S603 (our own)
            assert child.stdout
            child.stdout.readline()
            assert 50e6 < memory_of(child.pid) < 90e6
        assert memory_of(os.getpid()) > before + 100e6


def test_each_generator_is_given_all_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.peers.PROJECT", PRODUCT)
    faq = make_faq(10)
    for generator in generators():
        if generator.template and "node_modules" not in generator.scaffold:
            Workplace(generator, faq, tmp_path / generator.name)
            text = "".join(
                file.read_text(encoding="utf-8")
                for file in (tmp_path / generator.name / generator.content).rglob("*.md")
            )
            for entry in faq.entries:
                assert entry.body in text
                assert entry.question in text
            template = tmp_path / generator.name / generator.template
            assert generator.last in template.read_text(encoding="utf-8")
