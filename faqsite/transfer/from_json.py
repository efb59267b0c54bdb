"""JSON: a `FAQPage`, or articles in lists and folders as help centres export them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from faqsite.transfer.article import Article, ImportSource, Keys, SourceError, decode, make_article

_FOLDERS = {
    "section_id": "sections",
    "parent_section_id": "sections",
    "folder_id": "folders",
    "parent_folder_id": "folders",
    "collection_id": "collections",
    "category_id": "categories",
    "parent_id": "collections",
}
"""The key with the number of a folder, and the list that has the folder."""
_STORED_FOLDERS = "refused_folders"
"""The key under which a refused article keeps the names of its folders."""
_MAX_DEPTH = 20
_DRAFT = {"draft": True, "published": False, 1: True, 2: False}

_Node = dict[str, Any]


def read_json(content: bytes, keys: Keys) -> ImportSource:
    """Return the articles in a JSON file, in order. Raises SourceError if it has none."""
    try:
        parsed = json.loads(decode(content))
    except json.JSONDecodeError as error:
        fact = f"line {error.lineno} is not valid JSON: {error.msg}"
        raise SourceError(fact, "export it again") from None
    except (RecursionError, ValueError):
        raise SourceError("this is not readable JSON", "export it again") from None
    if questions := list(find_questions(parsed)):
        return ImportSource(
            articles=tuple(
                make_article(
                    values := parse_question(each),
                    place=f"question {number}",
                    kind="html",
                    base=next(iter(values["moved_from"]), ""),
                )
                for number, each in enumerate(questions, start=1)
            ),
            write_refused=partial(_write_refused, questions),
        )
    found = list(_find_articles(parsed, keys))
    if not found:
        raise SourceError(
            "nothing in this file has a question and an answer",
            "name their keys: --map KEY=question --map KEY=answer",
        )
    folders = _list_folders(parsed)
    articles = [_parse_article(node, place, keys, folders) for place, node in found]
    nodes = [
        {**node, _STORED_FOLDERS: article.category.split("/")}
        for (_, node), article in zip(found, articles, strict=True)
    ]
    if len(articles) > 1 and len({each.order for each in articles}) == 1:
        # Some help centres give every article the same number.
        articles = [replace(each, order=None) for each in articles]
    texts = {key for node in nodes for key in node if len(_text(node, key)) > 1}
    dropped = sorted((texts & set(keys.unknown)) - set(_FOLDERS))
    keys.unknown.clear()  # Help centres export dozens of keys that nobody wants to map.
    advice = f"left out {', '.join(dropped)}; to keep one, add --map KEY=also_asked"
    return ImportSource(
        articles=tuple(articles),
        write_refused=partial(_write_refused, nodes),
        advice=(advice,) if dropped else (),
    )


def _write_refused(nodes: Sequence[_Node], refused: Mapping[int, str]) -> Mapping[str, bytes]:
    again = [{**nodes[number], "refused_because": reason} for number, reason in refused.items()]
    return {"": (json.dumps({"articles": again}, ensure_ascii=False, indent=2) + "\n").encode()}


def find_questions(parsed: object) -> Iterator[_Node]:
    """Yield each schema.org `Question` in some JSON-LD, at any depth."""
    pending = [parsed]
    while pending:
        node = pending.pop()
        kinds = node.get("@type") if isinstance(node, dict) else None
        if isinstance(node, dict) and "Question" in (kinds if isinstance(kinds, list) else [kinds]):
            yield node
        elif isinstance(node, dict | list):
            pending += reversed(node.values() if isinstance(node, dict) else node)


def parse_question(question: _Node) -> dict[str, Any]:
    """Return the values of a schema.org `Question`, by our keys."""
    answers = question.get("acceptedAnswer") or question.get("suggestedAnswer") or {}
    answers = answers if isinstance(answers, list) else [answers]
    texts = [each.get("text") for each in answers if isinstance(each, dict)]
    return {
        "question": question.get("name") or question.get("text"),
        "answer": "\n\n".join(text for text in texts if isinstance(text, str)),
        "updated": question.get("dateModified"),
        "moved_from": [question["url"]] if isinstance(question.get("url"), str) else [],
    }


def _find_articles(
    node: object, keys: Keys, folders: tuple[str, ...] = (), place: str = "", depth: int = 0
) -> Iterator[tuple[str, _Node]]:
    """Yield each node with a question and an answer, after its place; others can be folders."""
    if depth > _MAX_DEPTH or not isinstance(node, dict | list):
        return
    inner, texts = folders, {}
    if isinstance(node, dict):
        answers = {key: value for key, value in node.items() if keys.meaning(key) == "answer"}
        # In the `faq.json` of a site.
        html = {key: each["html"] for key, each in answers.items() if _text(each, "html")}
        node = {**node, **html}
        texts = {keys.meaning(key): key for key, value in node.items() if isinstance(value, str)}
        name = _find_name(node)
        # The name of the whole export is not a category.
        inner = (*folders, name) if name and depth else folders
        children = [(f"{place}.{key}" if place else key, value) for key, value in node.items()]
    else:
        children = [(f"{place}[{number}]", each) for number, each in enumerate(node)]
    below = [
        found for at, each in children for found in _find_articles(each, keys, inner, at, depth + 1)
    ]
    # A folder can have a title and a description, too.
    is_folder = bool(below) and texts.get("answer") == "description"
    if isinstance(node, dict) and {"question", "answer"} <= texts.keys() and not is_folder:
        stored = node.get(_STORED_FOLDERS)
        names = stored if isinstance(stored, list) else folders
        yield place or "article", {**node, _STORED_FOLDERS: [*map(str, names)]}
    else:
        yield from below


def _parse_article(
    node: _Node, place: str, keys: Keys, folders: Mapping[tuple[str, str], _Node]
) -> Article:
    values = keys.read(node)
    if isinstance(values.get("category"), str):
        values["category"] = values["category"].removesuffix("index.html")
    elif names := node[_STORED_FOLDERS] or _find_folders(node, folders):
        values["category"] = names
    if "draft" not in values:
        state = node.get("state") or node.get("status")
        values["draft"] = isinstance(state, str | int) and _DRAFT.get(state, False)
    return make_article(values, place=place, base=_text(node, "html_url") or _text(node, "url"))


def _list_folders(parsed: object) -> dict[tuple[str, str], _Node]:
    """Return the folders in the lists of an export, by the list and their number."""
    held = parsed if isinstance(parsed, dict) else {}
    return {
        (name, str(each["id"])): each
        for name in _FOLDERS.values()
        for each in (held[name] if isinstance(held.get(name), list) else ())
        if isinstance(each, dict) and isinstance(each.get("id"), str | int)
    }


def _find_folders(node: _Node, folders: Mapping[tuple[str, str], _Node]) -> list[str]:
    """Return the names of a node's folders, which it has by number, the outermost first."""
    names: list[str] = []
    for _ in range(_MAX_DEPTH):
        keys = [(name, str(node[key])) for key, name in _FOLDERS.items() if node.get(key)]
        if not (above := next((folders[key] for key in keys if key in folders), None)):
            break
        node = above
        names.insert(0, _find_name(node))
    return list(filter(None, names))


def _find_name(folder: _Node) -> str:
    names = (_text(folder, key) for key in ("name", "title", "label"))
    return next(filter(None, names), "").replace("/", " ")


def _text(node: object, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""
