"""A key that is declared in one place works in every part of the program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.documents import write
from tests.support.product import PRODUCT

ADDED = """\
    meant_for: tuple[Text, ...] = key(
        Form.TEXTS, "who the answer is for; shown", "readers", label="its readers"
    )
"""
SHOWN = '<p>{{ "meant_for" | say(readers=entry.meant_for | join(", ")) }}</p>\n'
EDITS = {
    "faqsite/model/keys.py": ("    draft: bool =", ADDED),
    "templates/words.yaml": ("updated: ", "meant_for: For {readers}\n"),
    "templates/entry.html": ('<ul class="about">', SHOWN),
}
FILES = {
    **dict.fromkeys([f"{each}/site.yaml" for each in ("old", "new", "empty", "wrong")], "title: Q"),
    "old/pay.md": "---\nquestion: When is pay day?\nmeant_for: newcomers\n---\nOn Friday.\n",
    "new/pay.md": "---\nquestion: When is pay day?\nmeant_for: [all, and me]\n---\nOn Friday.\n",
    "wrong/pay.md": "---\nquestion: When?\nment_for: all\n---\nOn Friday.\n",
    "more.csv": "question,answer,readers\nIs there lunch?,Yes.,you\n",
}
COMMANDS = """\
import sys
from faqsite.audit.changes import main as compare
from faqsite.commands.cli import main
from faqsite.model.keys import ENTRY_KEYS

def run(*arguments):
    print(f"status {main([*arguments])}", flush=True)

compare(["old", "new"])
run("export", "--content", "new", "--file", "faq.csv")
run("import", "faq.csv", "--content", "empty")
run("import", "more.csv", "--content", "new")
run("new", "What else?", "--content", "new")
run("--content", "new", "--output", "site")
run("--content", "wrong", "--output", "site")
print(*[f"| `{key.name}` | {key.does} |" for key in ENTRY_KEYS], sep="\\n")
"""


def test_a_declared_key_works_everywhere(
    tmp_path: Path,
) -> None:
    project = shutil.copytree(PRODUCT, tmp_path / "project")
    for path, (before, added) in EDITS.items():
        text = (project / path).read_text(encoding="utf-8")
        assert text.count(before) == 1
        write(project, {path: text.replace(before, added + before)})
    write(project, FILES)
    done = subprocess.run(  # noqa: S603 (our own commands)
        [sys.executable, "-c", COMMANDS], cwd=project, capture_output=True, text=True, check=False
    )
    statuses = [line for line in done.stdout.splitlines() if line.startswith("status")]
    assert statuses == [*["status 0"] * 5, "status 1"], done.stderr
    assert "- `When is pay day?` (`pay.md`): its readers\n" in done.stdout
    table = (project / "faq.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "meant_for,draft," in table[0]
    written = "---\nquestion: {}\nmeant_for:\n  - {}\n---\n{}\n"
    for path, said in {
        "empty/pay.md": ("When is pay day?", "all\n  - and me", "On Friday."),
        "new/is-there-lunch.md": ("Is there lunch?", "you", "Yes."),
    }.items():
        assert (project / path).read_text(encoding="utf-8") == written.format(*said)
    assert "draft: true\n" in (project / "new/what-else.md").read_text(encoding="utf-8")
    assert "<p>For all, and me</p>" in (project / "site/pay.html").read_text(encoding="utf-8")
    hint = 'wrong/pay.md:3: unknown key "ment_for"; did you mean "meant_for"?\n'
    assert hint in done.stderr
    assert "| `meant_for` | who the answer is for; shown |\n" in done.stdout
