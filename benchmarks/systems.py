"""The searches that are measured, and how a task is run in one of them."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lunr import lunr

from benchmarks.collection import PROJECT, Document
from benchmarks.metrics import DEPTH, Found
from faqsite.assets import load_static

__all__ = [
    "ENGINE",
    "OURS",
    "PEERS",
    "Outcome",
    "gzipped_bytes",
    "install_peers",
    "lunr_index",
    "run",
    "why_no_peers",
]

HERE = Path(__file__).resolve().parent
ENGINE = next(
    file.content.decode()
    for file in load_static(PROJECT / "static")
    if file.address == "assets/js/engine.js"
)
"""The search engine as it is published."""
OURS = "ours"
PEERS = {
    "lunr": "lunr.js 2.3.9 as it comes",
    "lunr-trimmed": "lunr.js, query words trimmed",
    "lunr-boosted": "lunr.js, trimmed, question boosted 5",
    "minisearch": "MiniSearch 7.2, defaults",
    "minisearch-vitepress": "MiniSearch as VitePress sets it",
    "elasticlunr": "elasticlunr 0.9.5",
    "flexsearch": "FlexSearch 0.8, forward, suggest",
    "orama": "Orama 3.1, question boosted 3",
}
"""What each is called, by the name under which `peers.js` has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a search found for each text, by the name of the list, and its index as text."""

    found: Mapping[str, tuple[Found, ...]]
    serialised: str = ""


def why_no_peers() -> str:
    """Return why only the project's own search can be measured, "" if all can."""
    if not shutil.which("node"):
        return "there is no node"
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    missing = [name for name in wanted if not (HERE / "node_modules" / name).exists()]
    return f"{', '.join(missing)} missing; run with --install" if missing else ""


def install_peers() -> bool:
    """Install the other searches beside this file; tell whether it worked."""
    npm = shutil.which("npm")
    options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
    command = [str(npm), "install", *options]
    return bool(npm) and subprocess.run(command, cwd=HERE, check=False).returncode == 0  # noqa: S603 (a fixed command)


def gzipped_bytes(text: str) -> int:
    """Return the size of a text as it travels; 0 for no text."""
    return len(gzip.compress(text.encode(), mtime=0)) if text else 0


def lunr_index(documents: Iterable[Document], question_boost: int = 1) -> str:
    """Return the index that lunr.py makes with its own defaults, as lunr's JSON."""
    fields = [{"field_name": "question", "boost": question_boost}, "answer"]
    index = lunr(ref="id", fields=fields, documents=[asdict(each) for each in documents])
    return json.dumps(index.serialize(), separators=(",", ":"))


def run(
    system: str,
    texts: Mapping[str, Iterable[str]],
    *,
    documents: Iterable[Document] = (),
    index: str = "",
    engine: str = ENGINE,
) -> Outcome:
    """Return what a search finds for lists of texts: the project's own by its index, or a peer."""
    task = {
        "system": system,
        "documents": [asdict(document) for document in documents],
        "index": index,
        "engine": engine if system == OURS else "",
        "limit": DEPTH,
        "queries": {name: list(of_name) for name, of_name in texts.items()},
    }
    outcome = _run(json.dumps(task))
    return Outcome(
        found={
            name: tuple(Found(**each | {"ids": tuple(each["ids"])}) for each in found)
            for name, found in outcome["found"].items()
        },
        serialised=outcome["serialised"],
    )


def _run(task: str) -> dict[str, Any]:
    node = shutil.which("node")
    if not node:
        return _run_in_v8(task)
    done = subprocess.run(  # noqa: S603 (our own program)
        [node, str(HERE / "driver.js")],
        input=task,
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def _run_in_v8(task: str) -> dict[str, Any]:
    """Run a task of the project's own search without Node."""
    from py_mini_racer import MiniRacer  # noqa: PLC0415 (of the tests; Node does without)

    v8 = MiniRacer()
    try:
        for name in ("driver.js", "ours.js"):
            v8.eval((HERE / name).read_text(encoding="utf-8"))
        promise: Any = v8.eval(f"measure(ours, {task}).then(JSON.stringify)")
        outcome: dict[str, Any] = json.loads(str(promise.get()))
    finally:
        v8.close()
    return outcome
