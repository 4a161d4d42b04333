"""PyTorch's own YAML in parts: what reading it as a whole gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import storage
from codegen.emit import apply, digested, plan
from codegen.layers import load_layers
from codegen.memory import Request, generator_state
from codegen.pipeline import Run, generate_files
from codegen.resolve import resolve
from codegen.targets import TARGETS

pytestmark = pytest.mark.torch

ADDED = """
- func: of_the_test(Tensor self, Tensor other) -> Tensor
  dispatch:
    CPU: of_the_test_cpu
"""


@pytest.mark.parametrize(
    ("target", "cpp"), [("python", ""), ("cpp", ""), ("cpp", ", cpp: {shards: 8}")]
)
def test_parts_give_what_the_whole_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, cpp: str
) -> None:
    torchgen = Path(str(pytest.importorskip("torchgen").__file__)).parent
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path / "cache"))
    packaged = torchgen / "packaged" / "ATen" / "native"
    for name in ("native_functions.yaml", "tags.yaml"):
        (tmp_path / name).write_bytes((packaged / name).read_bytes())
    declared = tmp_path / "full.yaml"
    declared.write_text(
        f"extends: pytorch\ndispatcher: {{name: full{cpp}}}\n"
        "operators: [native_functions.yaml, tags.yaml]\n",
        "utf-8",
    )
    request = Request((declared,), None, target)

    def in_parts() -> tuple[dict[str, str], str, int]:
        """All texts, what was said of units, and how many files were written."""
        run = Run(tmp_path / "out", generator_state(request), jobs=2)
        files, _ = generate_files(request, run)
        texts = digested(files)
        changes = plan(texts, run.output, target)
        apply(changes)
        written = len(changes.missing) + len(changes.changed)
        found = {path: (run.output / path).read_text("utf-8") for path in texts}
        return found, run.phases.notes["operators"], written

    def as_a_whole() -> dict[str, str]:
        return TARGETS[target]().files(resolve(load_layers([declared])), None)

    whole = as_a_whole()
    assert in_parts()[0] == whole
    assert in_parts() == (whole, "1,311 of 1,311 units recalled", 0)
    with (tmp_path / "native_functions.yaml").open("a", encoding="utf-8") as file:
        file.write(ADDED)
    found, note, written = in_parts()
    assert found == as_a_whole()
    # The last entry gets another text: the lines before the one that is added.
    assert note == "1,310 of 1,312 units recalled"
    assert written < 10
