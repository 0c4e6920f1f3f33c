"""What a Dockerfile says: as much of the language as ours needs."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

ROOT = Path(__file__).parents[2]
KEYWORDS = {"FROM", "COPY", "RUN", "ENV", "WORKDIR", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT"}


@dataclass(frozen=True)
class Instruction:
    keyword: str
    flags: Mapping[str, str]
    text: str

    @classmethod
    def parse(cls, line: str) -> "Instruction":
        keyword, text = line.split(maxsplit=1)
        assert keyword in KEYWORDS, f"{keyword} is not known here: teach these tests what it promises"
        flags = {}
        while found := re.match(r"--([a-z-]+)=(\S+)\s+", text):
            flags[found[1]] = found[2]
            text = text[found.end() :]
        return cls(keyword, flags, text.strip())

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)

    @property
    def command(self) -> list[str]:
        """The words of the exec form, which no shell reads."""
        words: list[str] = json.loads(self.text.removeprefix("CMD "))
        return words


@dataclass(frozen=True)
class Stage:
    base: str
    name: str
    instructions: Sequence[Instruction]

    def all(self, keyword: str) -> list[Instruction]:
        return [it for it in self.instructions if it.keyword == keyword]

    def the(self, keyword: str) -> Instruction:
        [only] = self.all(keyword)
        return only

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        environment = dict(base)
        for instruction in self.all("ENV"):
            for word in instruction.words:
                name, _, value = word.partition("=")
                environment[name] = Template(value).substitute(environment)
        return environment


def stages() -> list[Stage]:
    found: list[Stage] = []
    for instruction in map(Instruction.parse, _lines((ROOT / "Dockerfile").read_text())):
        if instruction.keyword == "FROM":
            base, *name = re.split(r"\s+AS\s+", instruction.text)
            found.append(Stage(base, "".join(name), []))
        else:
            found[-1] = Stage(found[-1].base, found[-1].name, [*found[-1].instructions, instruction])
    return found


def _lines(text: str) -> Iterator[str]:
    """Without comments, and whole where a backslash at the end goes on with the next."""
    said = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    yield from filter(None, map(str.strip, said.replace("\\\n", "").splitlines()))
