"""Check every page with the Nu checker and with schema.org's vocabulary.

    python -m tools.conformance

docs/quality.md explains what is checked. It needs Java and npm.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from faqsite.commands.cli import main as build
from tests.support.served import served
from tests.support.whole_sites import SITES, build_whole
from tools.packages import MissingError, package, program

_JSON_LD = re.compile('<script type="application/ld[+]json">(.*?)</script>', re.DOTALL)


def main() -> int:
    """Print every finding; return 0 if there is none, 1 if there are, 2 if a program is missing."""
    count = 0
    pages = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            sites = {"example": build_example(Path(folder, "example"))}
            sites |= {name: build_whole(Path(folder, name), SITES[name]) for name in SITES}
            for name, site in sites.items():
                pages += len(_files(site, "html"))
                for finding in (*check_markup(site), *check_json_ld(site)):
                    count += 1
                    sys.stdout.write(f"{name}/{finding}\n")
    except MissingError as error:
        sys.stderr.write(f"The pages cannot be checked: {error}\n")
        return 2
    sys.stdout.write(f"{count or 'No'} finding{'s' * (count != 1)} on {pages} pages\n")
    return 1 if count else 0


def build_example(output: Path) -> Path:
    """Build the site of content/ as published, and return its folder."""
    options = ["--output", str(output), "--site-url", "https://example.org/faq/"]
    if build(options):
        raise MissingError("content/ cannot be built")
    return output


def check_markup(site: Path) -> Iterator[str]:
    """Yield what the Nu checker reports for pages, our style sheets and SVG files.

    Pages come from a server: in pages from disk, the checker objects to 'self' in the policy.
    """
    jar = package("vnu-jar") / "build/dist/vnu.jar"
    with served(site) as root:
        checked = [
            *(root + quote(page.relative_to(site).as_posix()) for page in _files(site, "html")),
            *(
                str(file)
                for file in (*_files(site, "css"), *_files(site, "svg"))
                if not file.relative_to(site).as_posix().startswith("assets/brand")
            ),
        ]
        # Allow requests to this machine.
        allow = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
        options = ["--format", "json", "--stdout", "--also-check-css", "--also-check-svg"]
        result = subprocess.run(  # noqa: S603 (a fixed command)
            [program("java"), allow, "-jar", str(jar), *options, *checked],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    if not result.stdout:
        raise MissingError("the Nu checker needs Java 17 or newer")
    for message in json.loads(result.stdout)["messages"]:
        url = unquote(message["url"])
        address = url.removeprefix(root).removeprefix(f"file:{site}/")
        if not is_known(message, site / address):
            kind = message.get("subType", message["type"])
            yield f"{address}:{message.get('lastLine', 0)}: {kind}: {message['message']}"


def is_known(message: dict[str, Any], file: Path) -> bool:
    """Return whether a message is about `::highlight()`, which the checker cannot read.

    https://www.w3.org/TR/css-highlight-api-1/ has defined it since 2020.
    """
    if message["message"] != "CSS: Parse Error.":
        return False
    lines = file.read_text(encoding="utf-8").splitlines()
    return "::highlight(" in lines[message["lastLine"] - 1]


def check_json_ld(site: Path) -> Iterator[str]:
    """Yield each error in the JSON-LD of a site.

    schema-dts has schema.org's vocabulary as TypeScript types.
    """
    compiler = package("typescript") / "bin/tsc"
    options = {
        "strict": True,
        "noEmit": True,
        "skipLibCheck": True,
        "types": [],
        "paths": {"schema-dts": [package("schema-dts").as_posix()]},
    }
    with tempfile.TemporaryDirectory() as folder:
        for page in _files(site, "html"):
            for data in json_ld_of(page.read_text(encoding="utf-8")):
                file = Path(folder, f"{page.relative_to(site).as_posix()}.ts")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(to_typescript(data), encoding="utf-8")
        settings = {"compilerOptions": options, "include": ["**/*.ts"]}
        Path(folder, "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        result = subprocess.run(  # noqa: S603 (a fixed command)
            [program("node"), str(compiler), "--project", folder, "--pretty", "false"],
            cwd=folder,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    yield from result.stdout.splitlines()


def json_ld_of(html: str) -> list[str]:
    """Return the JSON-LD of a page."""
    return _JSON_LD.findall(html)


def to_typescript(data: str) -> str:
    """Return JSON-LD as a TypeScript module that declares its type."""
    name = json.loads(data)["@type"]
    return (
        f'import type {{ {name}, WithContext }} from "schema-dts";\n'
        f"export const data: WithContext<{name}> = {data};\n"
    )


def _files(site: Path, ending: str) -> list[Path]:
    return sorted(site.rglob(f"*.{ending}"))


if __name__ == "__main__":
    sys.exit(main())
