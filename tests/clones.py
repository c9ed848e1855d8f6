"""A git repository that holds a list, in a folder of its own, with the real git and pre-commit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
}
"""What the project offers to pre-commit, by id."""


class Clone:
    """A clone on the branch `main`; no setting of the person who runs the tests counts in it."""

    def __init__(self, root: Path) -> None:
        person = {"NAME": "Ada Lovelace", "EMAIL": "ada@example.org"}
        self.root = root
        self.readme = root / "README.md"
        self.environment = os.environ | {
            "PATH": os.pathsep.join([_scripts(root.parent), os.environ["PATH"]]),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
            "PRE_COMMIT_HOME": str(root.parent / "pre-commit"),
            **{f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in person.items()},
        }
        root.mkdir(exist_ok=True)
        self.done("git init --quiet --initial-branch main")

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a line of the shell; what it prints is one text."""
        return subprocess.run(
            command,
            shell=True,
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def done(self, command: str) -> str:
        """Run a line that must not fail."""
        ran = self.run(command)
        assert ran.returncode == 0, f"$ {command}\n{ran.stdout}"
        return ran.stdout

    def commit(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Add everything and commit it."""
        self.done("git add --all")
        return self.run(" ".join(["git commit --message change", *options]))

    def configure(self, hook: str) -> None:
        """Name a hook of the project in the settings of pre-commit.

        Its language is `system`, so that nothing is downloaded.
        """
        local = {"repo": "local", "hooks": [HOOKS[hook] | {"language": "system"}]}
        (self.root / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [local]}))


def _scripts(folder: Path) -> str:
    """Make a folder of the programs that people type: those of this very tree and environment."""
    scripts = folder / "scripts"
    scripts.mkdir()
    for name, module in (("papertrack", "papertrack"), ("pre-commit", "pre_commit")):
        script = scripts / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        script.chmod(0o755)
    return str(scripts)
