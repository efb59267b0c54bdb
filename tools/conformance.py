"""Check every page with the Nu checker and with schema.org's vocabulary.

    python -m tools.conformance

docs/quality.md says what is checked. It needs Java and npm.
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
    """Check, print, and return the exit status: 0 all conforms, 1 not, 2 it cannot be checked."""
    count = 0
    pages = 0
    try:
        for name, site in _sites():
            pages += len(_files(site, "html"))
            for finding in (*check_markup(site), *check_json_ld(site)):
                count += 1
                sys.stdout.write(f"{name}/{finding}\n")
    except MissingError as error:
        sys.stderr.write(f"The pages cannot be checked: {error}\n")
        return 2
    sys.stdout.write(f"{count or 'No'} finding{'s' * (count != 1)} on {pages} pages\n")
    return 1 if count else 0


def _sites() -> Iterator[tuple[str, Path]]:
    """Yield the sites to be checked by name, the example first."""
    with tempfile.TemporaryDirectory() as folder:
        yield "example", build_example(Path(folder, "example"))
        for name, files in SITES.items():
            yield name, build_whole(Path(folder, name), files)


def build_example(output: Path) -> Path:
    """Build the site of content/ as it is published, and return its folder."""
    options = ["--output", str(output), "--site-url", "https://example.org/faq/"]
    if build(options):
        raise MissingError("content/ builds no site")
    return output


def check_markup(site: Path) -> Iterator[str]:
    """Yield what the Nu checker says of the pages, and of our style sheets and drawings.

    Pages are asked of a server: only there is anything the policy's 'self'.
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
        # The property lets it ask the loopback.
        allow = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
        options = ["--format", "json", "--stdout", "--also-check-css", "--also-check-svg"]
        done = subprocess.run(  # noqa: S603 (a fixed command)
            [program("java"), allow, "-jar", str(jar), *options, *checked],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    if not done.stdout:
        raise MissingError("the Nu checker does not run; it needs Java 17 or newer")
    for message in json.loads(done.stdout)["messages"]:
        url = unquote(message["url"])
        address = url.removeprefix(root).removeprefix(f"file:{site}/")
        if not is_known(message, site / address):
            kind = message.get("subType", message["type"])
            yield f"{address}:{message.get('lastLine', 0)}: {kind}: {message['message']}"


def is_known(message: dict[str, Any], file: Path) -> bool:
    """Tell whether a message is of the checker's own making: it cannot read `::highlight()`.

    https://www.w3.org/TR/css-highlight-api-1/ has it since 2020, and browsers do.
    """
    if message["message"] != "CSS: Parse Error.":
        return False
    lines = file.read_text(encoding="utf-8").splitlines()
    return "::highlight(" in lines[message["lastLine"] - 1]


def check_json_ld(site: Path) -> Iterator[str]:
    """Yield what of the JSON-LD in a site schema.org does not know, or knows otherwise.

    schema-dts is its vocabulary as types of TypeScript, made from schema.org's own files.
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
                file.write_text(typed(data), encoding="utf-8")
        settings = {"compilerOptions": options, "include": ["**/*.ts"]}
        Path(folder, "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 (a fixed command)
            [program("node"), str(compiler), "--project", folder, "--pretty", "false"],
            cwd=folder,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    yield from done.stdout.splitlines()


def json_ld_of(html: str) -> list[str]:
    """Return the JSON-LD of a page."""
    return _JSON_LD.findall(html)


def typed(data: str) -> str:
    """Return JSON-LD as a module of TypeScript that says which of schema.org's types it is."""
    name = json.loads(data)["@type"]
    return (
        f'import type {{ {name}, WithContext }} from "schema-dts";\n'
        f"export const data: WithContext<{name}> = {data};\n"
    )


def _files(site: Path, ending: str) -> list[Path]:
    return sorted(site.rglob(f"*.{ending}"))


if __name__ == "__main__":
    sys.exit(main())
