"""A folder of Markdown for another generator, with its front matter and pictures."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from posixpath import basename, dirname, join, splitext
from typing import Any

import yaml

from faqsite.content.folder import title_of
from faqsite.content.text import question_key
from faqsite.model.keys import CATEGORY_KEYS, CategoryFile
from faqsite.model.problems import Kind, Problem, Problems, note
from faqsite.model.records import ATTACHMENT_ENDINGS, PDF_SIGN
from faqsite.model.urls import ending_of
from faqsite.system.files import MAX_TEXT_BYTES, paths_below, read_file
from faqsite.transfer.article import (
    Article,
    ImportSource,
    Keys,
    SourceError,
    decode,
    make_article,
    read_values,
)
from faqsite.transfer.sections import split_questions, split_title

MARKDOWN_ENDINGS = frozenset({".lr", ".markdown", ".md", ".mdx"})
_OF_FOLDERS = frozenset({"_index", "index", "readme"})
"""The names of pages that describe their folder."""
_CATEGORY_FILE = re.compile(
    r"_category\.yaml|_category_\.(?:json|ya?ml)|_metadata\.ya?ml|meta\.json"
)
_IGNORED = frozenset({"node_modules", "__pycache__", "Thumbs.db", "desktop.ini"})
# Reads each value as text: "no" stays "no", and 1.10 stays 1.10.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FRONT_MATTER = re.compile(
    r"\s*?(?P<mark>---|\+\+\+)[ \t]*\n(?P<text>.*?)^(?P=mark)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_NOTION_ID = re.compile(r"(?<=.)[ _-]*[0-9a-f]{32}$")
"""The number that Notion adds to the names of pages."""
_LEKTOR_LINE = re.compile(r"^---[ \t]*\n", re.MULTILINE)
_MAX_DEPTH = 50
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


def find_files(folder: Path) -> Mapping[str, Path]:
    """Return the files below a folder by their paths, without hidden files and links."""
    found: dict[str, Path] = {}
    for path in paths_below(folder):
        names = path.relative_to(folder).parts
        is_hidden = any(name.startswith((".", "~")) or name in _IGNORED for name in names)
        if not is_hidden and path.is_file() and not path.is_symlink():
            found["/".join(names)] = path
    return found


def read_folder(files: Mapping[str, Path], keys: Keys) -> ImportSource:
    """Return the articles and other files of a folder. Raises SourceError and OSError."""
    contents: dict[str, bytes] = {}
    categories: dict[str, CategoryFile] = {}
    beside: dict[str, Path] = {}
    others: Counter[str] = Counter()
    for path, file in files.items():
        if splitext(path)[1].lower() in MARKDOWN_ENDINGS:
            contents[path] = read_file(file, MAX_TEXT_BYTES)
        elif _CATEGORY_FILE.fullmatch(basename(path)):
            categories[dirname(path)] = _parse_category(read_file(file, MAX_TEXT_BYTES), path)
        elif _is_attachment(path, file):
            beside[path] = file
        else:
            others[f".{ending_of(path)}" if ending_of(path) else basename(path)] += 1
    if not contents:
        raise SourceError("the folder has no .md or .mdx file", "name another file or folder")
    articles: list[Article] = []
    advice: list[str] = []
    for path, content in contents.items():
        found, reported = _parse_articles(path, content, keys)
        advice += (f"{path}: {each}" for each in reported)
        article = found[0]
        if splitext(basename(path))[0].lower() == "_index" and len(found) == 1 and article.question:
            category = CategoryFile(title=article.question, order=article.order)
            categories.setdefault(dirname(path), category)
            if not article.answer.strip():
                continue
        articles += found

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        paths = (articles[number].base[1:].partition("#")[0] for number in refused)
        kept = {path: contents[path] for path in paths}
        text = b"\n".join(kept.values()).decode(errors="replace")
        pictures = {path: read_file(f) for path, f in beside.items() if basename(path) in text}
        return {**kept, **pictures}

    listed = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
    return ImportSource(
        articles=tuple(articles),
        write_refused=write_refused,
        files={path: partial(read_file, file) for path, file in beside.items()},
        categories=categories,
        advice=(*advice, *([f"left out files that entries cannot use: {listed}"] * bool(others))),
    )


def _is_attachment(path: str, file: Path) -> bool:
    if ending_of(path) != "pdf":
        return ending_of(path) in ATTACHMENT_ENDINGS
    with file.open("rb") as opened:
        return opened.read(len(PDF_SIGN)) == PDF_SIGN


def _parse_articles(path: str, content: bytes, keys: Keys) -> tuple[list[Article], list[str]]:
    """Return the article in a file, or one for each question in its headings, and advice."""
    try:
        values, body, problems = _split_front_matter(path, decode(content))
    except SourceError as error:
        values, body = {}, content.decode(errors="replace")
        problems = [note("", 0, Kind.UNREADABLE_FILE, *error.args)]
    for picture in _list_pictures(values):
        written = f"![{picture.get('description') or ''}]({picture['path']})"
        body = body.replace(f"<{{IMAGE:{picture['id']}}}>", written)
    read = keys.read(values)
    folder, stem = dirname(path), _NOTION_ID.sub("", splitext(basename(path))[0])
    if path.endswith("/contents.lr"):
        folder, stem = dirname(folder), basename(folder)
    if dated := _DATED.fullmatch(stem):
        stem = dated[2]
        read.setdefault("updated", dated[1])
    is_of_folder = stem.lower() in _OF_FOLDERS
    heading, without = split_title(body)
    title, whole = read.get("question"), body
    if not title or question_key(heading) == question_key(str(title)):
        body = without
    named = title_of(_NOTION_ID.sub("", basename(folder)) if is_of_folder else stem)
    read["question"] = title or heading or named
    if not isinstance(read.get("category"), str) or not read["category"]:
        read["category"] = [_NOTION_ID.sub("", each) for each in folder.split("/")]
    read["moved_from"] = [
        each if each.startswith(("/", "http")) else join("/", folder, each)
        for each in read.get("moved_from", [])
    ]
    is_own = "question" in values
    sections, advice = ([], []) if is_own else split_questions(whole, str(title or ""), named)
    if not sections:
        article = make_article(
            {**read, "answer": body},
            place=path,
            kind="own" if is_own else "markdown",
            name="" if is_of_folder else stem,
            base=f"/{path}",
            problems=problems,
        )
        return [article], []
    articles = [
        make_article(
            {
                **read,
                "question": section.heading,
                "answer": section.text,
                "category": _list_folders(read["category"], section.category),
                "order": None,
                "moved_from": [],
            },
            place=place,
            kind="markdown",
            base=f"/{place}",
            problems=problems,
        )
        for section in sections
        for place in [f"{path}#{section.anchor}" if section.anchor else path]
    ]
    return articles, advice


def _list_pictures(values: dict[str, Any]) -> list[dict[str, str]]:
    """Take the pictures that marks in the text name from the front matter."""
    pictures = values.get("images")
    if not isinstance(pictures, list) or not all(
        isinstance(each, dict) and {"id", "path"} <= set(each) for each in pictures
    ):
        return []
    return list(values.pop("images"))


def _list_folders(above: str | list[str], headings: tuple[str, ...]) -> list[str]:
    return [*([above] if isinstance(above, str) else filter(None, above)), *headings]


def _split_front_matter(path: str, text: str) -> tuple[dict[str, Any], str, list[Problem]]:
    """Return the front matter of a file, the text below it, and its problems."""
    if path.endswith(".lr"):
        blocks = (
            block.partition(":") for block in re.split(r"^---[ \t]*\n", text, flags=re.MULTILINE)
        )
        lektor: dict[str, Any] = {key.strip(): value.strip() for key, _, value in blocks}
        return lektor, lektor.pop("body", ""), []
    found = _FRONT_MATTER.match(text)
    if text.lstrip().startswith("{") and not found:
        with suppress(ValueError, RecursionError):
            written, end = json.JSONDecoder().raw_decode(text.lstrip())
            return written, text.lstrip()[end:].lstrip("\n"), []
    if not found:
        return {}, text, []
    body = text[found.end() :]
    try:
        parse = tomllib.loads if found["mark"] == "+++" else _parse_yaml
        values: Any = parse(found["text"])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        why = getattr(error, "problem", None) or str(error).partition("\n")[0]
        fact = f"cannot read the front matter{where}: {why}"
        return {}, body, [note("", 0, Kind.MALFORMED_YAML, fact, "put the value in quotes")]
    if isinstance(values, dict):
        return {str(key): value for key, value in values.items()}, body, []
    return {}, (body if values is None else text), []


def _parse_yaml(text: str) -> Any:  # noqa: ANN401 (YAML)
    """Return the values in some YAML. Raises ValueError for aliases and deep nesting.

    A few aliases can expand to gigabytes, and libyaml does not limit the depth.
    """
    depth = 0
    for event in yaml.parse(text, _LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > _MAX_DEPTH:
            raise ValueError("it uses aliases, or is nested too deep")
    return yaml.load(text, _LOADER)  # noqa: S506 (it makes only texts, lists and mappings)


def _parse_category(content: bytes, path: str) -> CategoryFile:
    """Return the keys in the category file of a folder that can be read."""
    values: Any = None
    with suppress(yaml.YAMLError, ValueError, RecursionError, SourceError):
        text = decode(content)
        values = json.loads(text) if path.endswith("json") else _parse_yaml(text)
    found = {}
    for key in CATEGORY_KEYS if isinstance(values, dict) else ():
        names = (key.name, *key.also_called)
        known = (values[each] for each in names if isinstance(values.get(each), str | int))
        found[key.name] = next(known, "")
    return CategoryFile(**read_values(CATEGORY_KEYS, found, Problems()))
