"""The least that makes such a site: entries through PyYAML, Markdown, Jinja2 and lunr.

    python plain.py

It checks nothing, and a link to another file stays as it was written.
"""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader
from lunr import lunr
from markdown import Markdown
from markupsafe import Markup

HERE = Path(__file__).parent
CONTENT, SITE = HERE / "content", HERE / "site"

markdown = Markdown(extensions=["tables", "fenced_code"])
page = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("page.html")


def write(address: str, **values: object) -> None:
    """Write a page."""
    path = SITE / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.render(values), encoding="utf-8")


def main() -> None:
    """Read every entry, and write its page, the lists and the index."""
    documents: list[dict[str, str]] = []
    by_folder: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(CONTENT.rglob("*.md")):
        _, front_matter, body = file.read_text(encoding="utf-8").split("---\n", 2)
        entry = yaml.load(front_matter, Loader=yaml.CSafeLoader)
        address = file.relative_to(CONTENT).with_suffix(".html").as_posix()
        write(address, title=entry["question"], body=Markup(markdown.reset().convert(body)))  # noqa: S704 (our own)
        by_folder.setdefault(file.parent.relative_to(CONTENT).as_posix(), []).append(
            (file.with_suffix(".html").name, entry["question"])
        )
        asked = " ".join(map(str, entry.get("also_asked", ())))
        documents.append(
            {"address": address, "question": entry["question"], "asked": asked, "answer": body}
        )
    for folder, links in by_folder.items():
        settings = yaml.load((CONTENT / folder / "_category.yaml").read_bytes(), yaml.CSafeLoader)
        write(f"{folder}/index.html", title=settings["title"], links=links)
    write(
        "index.html", title="Questions", links=[(f"{each}/index.html", each) for each in by_folder]
    )
    index = lunr(ref="address", fields=("question", "asked", "answer"), documents=documents)
    (SITE / "index.json").write_text(json.dumps(index.serialize()), encoding="utf-8")


if __name__ == "__main__":
    main()
