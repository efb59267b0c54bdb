"""JSON: a `FAQPage`, or articles in lists and folders as help centres export them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from faqsite.transfer.article import Brought, Keys, Source, SourceError, brought, decoded

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
_MAX_DEPTH = 20
_DRAFT = {"draft": True, "published": False, 1: True, 2: False}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Article:
    node: Mapping[str, Any]
    folders: tuple[str, ...]
    place: str


def _parse(content: bytes) -> Any:  # noqa: ANN401 (JSON)
    try:
        return json.loads(decoded(content))
    except json.JSONDecodeError as error:
        raise SourceError(
            f"line {error.lineno} is no JSON: {error.msg}", "export it anew"
        ) from None
    except (RecursionError, ValueError):
        raise SourceError("the JSON cannot be read", "export it anew") from None


def bring_json(content: bytes, keys: Keys) -> Source:
    """Return the articles in a file of JSON, in their order; raise SourceError if it has none."""
    parsed = _parse(content)
    if questions := tuple(questions_of(parsed)):
        return _of_questions(questions)
    articles = list(_articles(parsed, keys, (), "", 0))
    if not articles:
        raise SourceError(
            "nothing in it has a question and an answer",
            "say which keys they are: --map KEY=question --map KEY=answer",
        )
    lists = _lists(parsed)
    others: Counter[str] = Counter()
    entries = tuple(_of_article(each, keys, lists, others) for each in articles)
    keys.unknown.clear()  # Help centres tell dozens of things of an article.
    advice = f"left out what no entry says: {', '.join(sorted(others))}; "
    advice += "take one along with --map KEY=also_asked or another"
    return Source(
        entries=_without_idle_order(entries),
        again=lambda refused: _again(
            {
                "articles": [
                    _told({**articles[n].node, "refused_folders": list(articles[n].folders)}, why)
                    for n, why in refused.items()
                ],
                **{name: list(nodes.values()) for name, nodes in lists.items()},
            }
        ),
        advice=(advice,) if others else (),
    )


def _of_questions(questions: Sequence[Mapping[str, Any]]) -> Source:
    return Source(
        entries=tuple(
            brought(
                values := values_of(each),
                place=f"question {number}",
                kind="html",
                base=next(iter(values["moved_from"]), ""),
            )
            for number, each in enumerate(questions, start=1)
        ),
        again=lambda refused: _again(
            {"@context": "https://schema.org", "@type": "FAQPage"}
            | {"mainEntity": [_told(questions[n], why) for n, why in refused.items()]}
        ),
    )


def questions_of(node: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
    """Yield each `Question` of schema.org in some JSON-LD, wherever it stands."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for each in node:
            yield from questions_of(each, depth + 1)
    if not isinstance(node, dict):
        return
    kinds = node.get("@type")
    if "Question" in (kinds if isinstance(kinds, list) else [kinds]):
        yield node
        return
    for value in node.values():
        yield from questions_of(value, depth + 1)


def values_of(question: Mapping[str, Any]) -> dict[str, Any]:
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


def _articles(
    node: Any,  # noqa: ANN401
    keys: Keys,
    folders: tuple[str, ...],
    place: str,
    depth: int,
) -> Iterator[_Article]:
    """Yield what has a question and an answer; what has neither, but a name, is a folder."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from _articles(each, keys, folders, f"{place}[{number}]", depth + 1)
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
    name = _name_of(node)
    # That of the whole is no category.
    inner = (*folders, name) if name and depth else folders
    below = [
        each
        for key, value in node.items()
        for each in _articles(value, keys, inner, f"{place}.{key}" if place else key, depth + 1)
    ]
    # A folder has a title and a description, too.
    is_folder = bool(below) and said.get("answer") == "description"
    if {"question", "answer"} <= said.keys() and not is_folder:
        stored = node.get("refused_folders")
        yield _Article(
            node={key: value for key, value in node.items() if key != "refused_folders"},
            folders=tuple(map(str, stored)) if isinstance(stored, list) else folders,
            place=place or "article",
        )
        return
    yield from below


def _lists(parsed: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401
    """Return the folders that stand in lists of their own, by list and number."""
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(set(_FOLDERS.values())):
        nodes = parsed.get(name) if isinstance(parsed, dict) else None
        if isinstance(nodes, list):
            found[name] = {
                str(each["id"]): each for each in nodes if isinstance(each, dict) and "id" in each
            }
    return found


def _of_article(
    article: _Article,
    keys: Keys,
    lists: Mapping[str, Mapping[str, Any]],
    others: Counter[str],
) -> Brought:
    node = article.node
    before = set(keys.unknown)
    values = keys.read(node)
    others.update(
        key
        for key in set(keys.unknown) - before
        if key not in _FOLDERS and isinstance(node.get(key), str) and len(node[key]) > 1
    )
    folders = article.folders or _found_folders(node, lists)
    if isinstance(values.get("category"), str):
        values["category"] = values["category"].removesuffix("index.html")
    elif folders:
        values["category"] = list(folders)
    if "draft" not in values:
        state = node.get("state") or node.get("status")
        values["draft"] = isinstance(state, str | int) and _DRAFT.get(state, False)
    address = node.get("html_url") or node.get("url") or ""
    base = address if isinstance(address, str) else ""
    return brought(values, place=article.place, base=base)


def _found_folders(
    node: Mapping[str, Any], lists: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...]:
    """Return the names of the folders that an article names by number, the outermost first."""
    names: list[str] = []
    while len(names) < _MAX_DEPTH:
        above = next(
            (
                lists[name][str(node[key])]
                for key, name in _FOLDERS.items()
                if node.get(key) and str(node[key]) in lists.get(name, {})
            ),
            None,
        )
        if above is None:
            break
        node = above
        names.append(_name_of(node))
    return tuple(reversed(list(filter(None, names))))


def _name_of(folder: Mapping[str, Any]) -> str:
    names = (folder[key] for key in ("name", "title", "label") if isinstance(folder.get(key), str))
    return str(next(names, "")).replace("/", " ")


def _without_idle_order(entries: tuple[Brought, ...]) -> tuple[Brought, ...]:
    """Return articles without an order that is the same for all: it says nothing."""
    if len(entries) > 1 and len({each.order for each in entries}) == 1:
        return tuple(replace(each, order=None) for each in entries)
    return entries


def _told(node: Mapping[str, Any], why: str) -> Mapping[str, Any]:
    return {**node, "refused_because": why}


def _again(value: Any) -> Mapping[str, bytes]:  # noqa: ANN401
    return {"": (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()}
