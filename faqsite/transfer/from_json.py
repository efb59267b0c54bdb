"""JSON: a `FAQPage`, or articles in lists and folders as help centres export them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from faqsite.transfer.article import Article, ImportSource, Keys, SourceError, decode, make_article

# What an article says of the folder that it lies in, and the list in which that stands.
_FOLDERS = {
    "section_id": "sections",
    "parent_section_id": "sections",
    "folder_id": "folders",
    "parent_folder_id": "folders",
    "collection_id": "collections",
    "category_id": "categories",
    "parent_id": "collections",
}
_STORED_FOLDERS = "refused_folders"
"""The key under which a refused article keeps the names of the folders that it was in."""
_MAX_DEPTH = 20
_DRAFT = {"draft": True, "published": False, 1: True, 2: False}

_Node = Mapping[str, Any]


def read_json(content: bytes, keys: Keys) -> ImportSource:
    """Return the articles in a file of JSON, in their order; raise SourceError if it has none."""
    try:
        parsed = json.loads(decode(content))
    except json.JSONDecodeError as error:
        message = f"line {error.lineno} is no JSON: {error.msg}"
        raise SourceError(message, "export it anew") from None
    except (RecursionError, ValueError):
        raise SourceError("the JSON cannot be read", "export it anew") from None
    if questions := tuple(find_questions(parsed)):
        return _read_questions(questions)
    articles = list(_find_articles(parsed, keys, (), "", 0))
    if not articles:
        raise SourceError(
            "nothing in it has a question and an answer",
            "say which keys they are: --map KEY=question --map KEY=answer",
        )
    lists = _list_folders(parsed, {id(node) for _, node in articles})
    folders = {(name, str(each["id"])): each for name, nodes in lists.items() for each in nodes}
    entries = [_parse_article(node, place, keys, folders) for place, node in articles]
    if len(entries) > 1 and len({each.order for each in entries}) == 1:
        # An order that is the same for all says nothing.
        entries = [replace(each, order=None) for each in entries]
    texts = {key for _, node in articles for key in node if len(_text(node, key)) > 1}
    others = sorted((texts & set(keys.unknown)) - set(_FOLDERS))
    keys.unknown.clear()  # Help centres tell dozens of things of an article.
    advice = f"left out what no entry says: {', '.join(others)}; "
    advice += "take one along with --map KEY=also_asked or another"
    return ImportSource(
        articles=tuple(entries),
        write_refused=lambda refused: _write_json(
            {"articles": [_add_reason(articles[n][1], why) for n, why in refused.items()], **lists}
        ),
        advice=(advice,) if others else (),
    )


def _list_folders(parsed: Any, articles: Collection[int]) -> dict[str, list[_Node]]:  # noqa: ANN401
    """Return what lists say of the folders that articles are in, without any article in them."""
    held = parsed if isinstance(parsed, dict) else {}
    return {
        name: [
            {key: value for key, value in each.items() if not isinstance(value, dict | list)}
            for each in held[name]
            if isinstance(each, dict) and isinstance(each.get("id"), str | int)
            if id(each) not in articles
        ]
        for name in _FOLDERS.values()
        if isinstance(held.get(name), list)
    }


def _read_questions(questions: Sequence[_Node]) -> ImportSource:
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
        write_refused=lambda refused: _write_json(
            {"@context": "https://schema.org", "@type": "FAQPage"}
            | {"mainEntity": [_add_reason(questions[n], why) for n, why in refused.items()]}
        ),
    )


def find_questions(node: Any, depth: int = 0) -> Iterator[_Node]:  # noqa: ANN401
    """Yield each `Question` of schema.org in some JSON-LD, wherever it stands."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for each in node:
            yield from find_questions(each, depth + 1)
    if not isinstance(node, dict):
        return
    kinds = node.get("@type")
    if "Question" in (kinds if isinstance(kinds, list) else [kinds]):
        yield node
        return
    for value in node.values():
        yield from find_questions(value, depth + 1)


def parse_question(question: _Node) -> dict[str, Any]:
    """Return what a `Question` of schema.org says, by our keys."""
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
    node: Any,  # noqa: ANN401
    keys: Keys,
    folders: tuple[str, ...],
    place: str,
    depth: int,
) -> Iterator[tuple[str, _Node]]:
    """Yield what has a question and an answer; what has neither, but a name, is a folder."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from _find_articles(each, keys, folders, f"{place}[{number}]", depth + 1)
    if not isinstance(node, dict):
        return
    node = {
        # As the `faq.json` of a published site has it.
        key: value.get("html", value)
        if isinstance(value, dict) and keys.meaning(key) == "answer"
        else value
        for key, value in node.items()
    }
    said = {keys.meaning(name): name for name, value in node.items() if isinstance(value, str)}
    name = _find_name(node)
    # That of the whole is no category.
    inner = (*folders, name) if name and depth else folders
    below = [
        each
        for key, value in node.items()
        for each in _find_articles(
            value, keys, inner, f"{place}.{key}" if place else key, depth + 1
        )
    ]
    # A folder has a title and a description, too.
    is_folder = bool(below) and said.get("answer") == "description"
    if {"question", "answer"} <= said.keys() and not is_folder:
        stored = node.get(_STORED_FOLDERS)
        names = stored if isinstance(stored, list) else folders
        yield place or "article", {**node, _STORED_FOLDERS: [*map(str, names)]}
        return
    yield from below


def _parse_article(
    node: _Node, place: str, keys: Keys, folders: Mapping[tuple[str, str], _Node]
) -> Article:
    values = keys.read(node)
    names = node[_STORED_FOLDERS] or _find_folders(node, folders)
    if isinstance(values.get("category"), str):
        values["category"] = values["category"].removesuffix("index.html")
    elif names:
        values["category"] = names
    if "draft" not in values:
        state = node.get("state") or node.get("status")
        values["draft"] = isinstance(state, str | int) and _DRAFT.get(state, False)
    return make_article(values, place=place, base=_text(node, "html_url") or _text(node, "url"))


def _find_folders(node: _Node, folders: Mapping[tuple[str, str], _Node]) -> list[str]:
    """Return the names of the folders that an article names by number, the outermost first."""
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


def _text(node: _Node, key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""


def _add_reason(node: _Node, why: str) -> _Node:
    return {**node, "refused_because": why}


def _write_json(value: _Node) -> Mapping[str, bytes]:
    return {"": (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()}
