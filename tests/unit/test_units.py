"""Operators of large files in parts: what comes out is what reading them as a whole gives."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from codegen import pipeline
from codegen.diagnostics import DeclarationError, render_text
from codegen.emit import apply, digested, plan
from codegen.layers import load_layers
from codegen.memory import Request, generator_state, is_fresh, remember
from codegen.model import Operator
from codegen.pipeline import Run, generate_files, load_model
from codegen.resolve import resolve
from codegen.targets import TARGETS
from codegen.units import UnusualError
from codegen.units.cutting import cut, units_of
from codegen.units.working import in_batches

GROUP = """\
- func: {name}(Tensor self, Tensor other) -> Tensor
  structured_delegate: {name}.out
  tags: pointwise

# Its variants share kernels.
- func: {name}_(Tensor(a!) self, Tensor other) -> Tensor(a!)
  structured_delegate: {name}.out

- func: {name}.out(Tensor self, Tensor other, *, Tensor(a!) out) -> Tensor(a!)
  structured: true
  dispatch:
    CPU: {name}_cpu
    CUDA: {name}_cuda
"""
SINGLE = """\
- func: {name}(Tensor self, int[2] size, *, float p=0.5) -> Tensor
  dispatch:
    CPU, CUDA: kernels:{name}
  autogen: {name}.out
"""
COMPOSITE = "- func: {name}.of(Tensor self) -> (Tensor, Tensor)\n"

DECLARATIONS = """\
extends: pytorch
dispatcher: {name: large}
operators: [first.yaml, second.yaml]
kernels:
  XPU: {aten::single3: from_elsewhere}
"""


def entries(number: int) -> list[str]:
    """The entries of three operators that have nothing to do with one another."""
    return [
        GROUP.format(name=f"group{number}"),
        SINGLE.format(name=f"single{number}"),
        COMPOSITE.format(name=f"composite{number}"),
    ]


class Project:
    """Declarations whose operators are in large files, and an output."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries = [text for number in range(24) for text in entries(number)]
        self.output = folder / "output"
        (folder / "large.yaml").write_text(DECLARATIONS, "utf-8")

    def write(self) -> None:
        half = len(self.entries) // 2
        for name, part in (
            ("first.yaml", self.entries[:half]),
            ("second.yaml", self.entries[half:]),
        ):
            text = "# In torchgen's YAML.\n\n" + "\n".join(part)
            (self.folder / name).write_text(text, "utf-8")

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.folder / "large.yaml",)

    def as_a_whole(self, target: str) -> dict[str, str]:
        model = resolve(load_layers(self.paths))
        return TARGETS[target]().files(model, None)

    def in_parts(self, target: str, jobs: int = 1) -> tuple[dict[str, str], str]:
        """All texts, after they were written too, and what was said of units."""
        request = Request(self.paths, None, target)
        run = Run(self.output / target, generator_state(request), jobs)
        files, _ = generate_files(request, run)
        texts = digested(files)
        changes = plan(texts, run.output, target)
        apply(changes, force=True)
        assert changes.edited == ()
        written = {path: (run.output / path).read_text("utf-8") for path in texts}
        assert written == {path: text.make() for path, text in texts.items()}
        return written, run.phases.notes.get("operators", "as a whole")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("DISPATCH_CODEGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pipeline, "FEW_ENTRIES", 20)
    made = Project(tmp_path)
    made.write()
    return made


# ---- cutting


def test_every_entry_keeps_its_place() -> None:
    text = "# Some\n\n" + "".join(f"{entry}\n" for entry in entries(1))
    found = cut(text)
    assert found is not None
    assert "".join(entry.text for entry in found) == text.partition("\n\n")[2]
    for entry in found:
        assert text.split("\n")[entry.before :][: entry.text.count("\n")] == (
            entry.text.split("\n")[:-1]
        )


@pytest.mark.parametrize(
    "text",
    [
        "operators:\n- func: a() -> ()\n",
        "---\n- func: a() -> ()\n",
        "- func: a() -> ()\n---\n",
        "- func: a() -> ()\r\n",
        "- tag: core\n",
        "- func: a() -> ()\n  # func: b() -> ()\n  func: c() -> ()\n",
        "",
    ],
    ids=["mapping", "document", "two", "line break", "tags", "twice", "empty"],
)
def test_what_may_be_something_else_is_not_cut(text: str) -> None:
    assert cut(text) is None


def test_variants_and_delegates_are_one_unit() -> None:
    names = ("add", "add_", "add.out", "__iadd__", "_add_functional", "other")
    text = "".join(f"- func: {name}() -> ()\n" for name in names)
    text += "- func: third() -> ()\n  structured_delegate: other.out\n"
    found = cut(text)
    assert found is not None
    assert [unit.entries for unit in units_of(found)] == [(0, 1, 2, 3, 4), (5, 6)]


# ---- the same as a whole


@pytest.mark.parametrize("target", ["python", "cpp", "libtorch"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_give_what_the_whole_gives(
    project: Project, target: str, jobs: int
) -> None:
    whole = project.as_a_whole(target)
    assert project.in_parts(target, jobs) == (whole, "0 of 72 units recalled")
    assert project.in_parts(target, jobs) == (whole, "72 of 72 units recalled")


def change_kernel(project: Project, chosen: random.Random) -> None:
    number = chosen.randrange(len(project.entries))
    project.entries[number] = project.entries[number].replace("_cpu", "_other")


def change_schema(project: Project, chosen: random.Random) -> None:
    number = chosen.randrange(len(project.entries))
    project.entries[number] = project.entries[number].replace("p=0.5", "p=0.25")


def add(project: Project, chosen: random.Random) -> None:
    number = chosen.randrange(1000, 10_000)
    if not any(f"single{number}(" in text for text in project.entries):
        project.entries.insert(chosen.randrange(50), chosen.choice(entries(number)))


def remove(project: Project, chosen: random.Random) -> None:
    number = chosen.randrange(len(project.entries))
    if "single3(" not in project.entries[number]:
        del project.entries[number]


def move(project: Project, chosen: random.Random) -> None:
    number = chosen.randrange(len(project.entries))
    project.entries.append(project.entries.pop(number))


def insert_lines(project: Project, chosen: random.Random) -> None:
    project.entries[chosen.randrange(len(project.entries))] += "\n# A remark.\n\n"


def lose_file(project: Project, chosen: random.Random) -> None:
    files = sorted((project.output / "python" / "operators").rglob("*.py"))
    if files:
        chosen.choice(files).unlink()


def change_elsewhere(project: Project, chosen: random.Random) -> None:
    kernel = f"other{chosen.randrange(1000)}"
    text = DECLARATIONS.replace("from_elsewhere", kernel)
    (project.folder / "large.yaml").write_text(text, "utf-8")


EDITS: tuple[Callable[[Project, random.Random], None], ...] = (
    change_kernel,
    change_schema,
    add,
    remove,
    move,
    insert_lines,
    lose_file,
    change_elsewhere,
)


@pytest.mark.parametrize("seed", range(3))
def test_any_edit_gives_what_the_whole_gives(project: Project, seed: int) -> None:
    chosen = random.Random(seed)
    project.in_parts("python")
    for _ in range(8):
        edit = chosen.choice(EDITS)
        edit(project, chosen)
        project.write()
        found, note = project.in_parts("python")
        assert found == project.as_a_whole("python"), edit.__name__
        assert note != "as a whole"


def test_one_entry_is_one_unit_of_work(project: Project) -> None:
    project.in_parts("cpp")
    project.entries[7] = project.entries[7].replace("p=0.5", "p=0.25")
    project.write()
    assert project.in_parts("cpp")[1] == "71 of 72 units recalled"


def test_places_are_those_of_the_files(project: Project) -> None:
    """Of operators too that were recalled, under lines that came later."""
    project.in_parts("python")
    project.entries.insert(0, "# Some lines more.\n\n\n")
    project.write()
    places = project.in_parts("python")[0]["declared_at.json"]
    assert places == project.as_a_whole("python")["declared_at.json"]
    assert '"aten::single20 CPU"' in places


# ---- what is wrong


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("single7(", "single8("),
        ("CPU, CUDA: kernels:single9", "CPU, CUDB: kernels:single9"),
        ("structured: true", "structured: maybe"),
        ("structured_delegate: group4.out", "structured_delegate: group20.put"),
        ("autogen: single5.out", "autogen: single5.put"),
        ("Tensor self, int[2]", "Tensor self, int[2"),
        ("dispatch:", "despatch:"),
        ("dispatch:", "dispatch: ["),
        ("func: single3(", "func: single1000("),
    ],
)
def test_errors_are_those_of_the_whole(
    project: Project, before: str, after: str
) -> None:
    project.in_parts("python")
    project.entries = [text.replace(before, after, 1) for text in project.entries]
    project.write()
    with pytest.raises(DeclarationError) as whole:
        load_model(project.paths)
    with pytest.raises(DeclarationError) as parts:
        project.in_parts("python")
    assert render_text(parts.value.diagnostics) == render_text(whole.value.diagnostics)


def test_a_text_is_made_again_if_it_has_gone(project: Project) -> None:
    project.in_parts("python")
    request = Request(project.paths, None, "python")
    run = Run(project.output / "python", generator_state(request))
    files, _ = generate_files(request, run)
    path = "operators/aten/single1.py"
    text = (project.output / "python" / path).read_text("utf-8")
    assert digested(files)[path].make() == text


def test_declared_operators_stay_beside_those_of_files(project: Project) -> None:
    text = f"{DECLARATIONS}  # More.\n"
    more = "operators:\n- func: own::single1(Tensor self) -> Tensor\n"
    (project.folder / "large.yaml").write_text(
        text.replace(
            "operators: [first.yaml, second.yaml]\n",
            more + "operator_files:" " [first.yaml, second.yaml]\n",
        ),
        "utf-8",
    )
    found, note = project.in_parts("python")
    assert found == project.as_a_whole("python")
    assert note == "0 of 72 units recalled"
    assert "operators/own/single1.py" in found


def test_a_model_of_parts_is_that_of_the_whole(project: Project) -> None:
    """Every field of every operator: what is recalled, and what is not."""
    from codegen.resolve import resolve_deferred
    from codegen.units.resolving import FileOperators, Given

    whole = resolve(load_layers(project.paths)).operators
    layers = load_layers(project.paths, defer=20)
    store = project.folder / "units"
    for _ in range(2):
        given = Given(store, "context", None, lambda *_: True, 1, lambda *_: None)
        files = FileOperators(layers, given)
        found = resolve_deferred(layers, None, files).operators
        assert list(found) == list(whole)
        for name, operator in found.items():
            assert isinstance(operator, Operator)
            assert operator == whole[name]
            assert operator.span.source_line == whole[name].span.source_line


# ---- what goes wrong around it


def test_a_small_file_beside_a_large_one(project: Project) -> None:
    project.in_parts("python")
    small = GROUP.format(name="small")
    (project.folder / "small.yaml").write_text(small, "utf-8")
    text = DECLARATIONS.replace("second.yaml]", "second.yaml, small.yaml]")
    (project.folder / "large.yaml").write_text(text, "utf-8")
    found = project.in_parts("python")
    assert found == (project.as_a_whole("python"), "0 of 73 units recalled")
    assert project.in_parts("python")[1] == "73 of 73 units recalled"


def test_a_link_that_is_turned(project: Project) -> None:
    """Though the file that it led to is named, too, and read only once."""
    text = DECLARATIONS.replace("[first.yaml", "[link.yaml, first.yaml")
    (project.folder / "large.yaml").write_text(text, "utf-8")
    (project.folder / "other.yaml").write_text("".join(entries(500)), "utf-8")
    link = project.folder / "link.yaml"
    link.symlink_to("first.yaml")
    request = Request(project.paths, None, "python")
    run = Run(project.output / "python", generator_state(request))
    files, inputs = generate_files(request, run)
    apply(plan(files, run.output, "python"))
    remember(request, inputs, digested(files), run.generator)
    assert is_fresh(request, run.output)
    link.unlink()
    link.symlink_to("other.yaml")
    assert not is_fresh(request, run.output)


def test_an_anchor_may_be_given_once(project: Project) -> None:
    project.entries[0] = project.entries[0].replace("tags: ", "tags: &tag ")
    project.entries[3] = project.entries[3].replace("tags: ", "tags: &tag ")
    project.write()
    with pytest.raises(DeclarationError, match="duplicate anchor"):
        project.in_parts("python")


def test_a_delegate_of_what_a_file_replaces(project: Project) -> None:
    """A base's operator delegates to another one, which a file has instead."""
    (project.folder / "base.yaml").write_text(
        "extends: pytorch\ndispatcher: {name: base}\noperators:\n"
        "- func: own(Tensor self, Tensor other) -> Tensor\n"
        "  structured_delegate: group1.out\n"
        "- func: group1.out(Tensor self, Tensor other, *, Tensor(a!) out) -> Tensor(a!)\n"
        "  structured: true\n",
        "utf-8",
    )
    text = DECLARATIONS.replace("extends: pytorch", "extends: base.yaml")
    (project.folder / "large.yaml").write_text(text, "utf-8")
    with pytest.raises(DeclarationError) as whole:
        load_model(project.paths)
    with pytest.raises(DeclarationError) as parts:
        project.in_parts("python")
    assert render_text(parts.value.diagnostics) == render_text(whole.value.diagnostics)


@pytest.mark.parametrize("kind", ["units", "documents"])
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_as_good_as_none(
    project: Project, kind: str, seed: int
) -> None:
    chosen = random.Random(seed)
    project.in_parts("python")
    (kept,) = (project.folder / "cache").glob(f"*.{kind}")
    content = bytearray(kept.read_bytes())
    content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
    kept.write_bytes(content)
    change_schema(project, chosen)
    project.write()
    assert project.in_parts("python")[0] == project.as_a_whole("python")


def test_a_process_that_is_killed() -> None:
    """Nobody waits for it; the files are then read as a whole."""

    def work(batch: Sequence[int]) -> int:
        if 7 in batch:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(batch)

    with pytest.raises(UnusualError):
        list(in_batches(range(100), work, jobs=2, least=1))


@pytest.mark.parametrize("jobs", [1, 2])
def test_batches_are_all_and_only_what_there_is_to_do(jobs: int) -> None:
    done = list(in_batches(range(100), list, jobs=jobs, least=1))
    assert sorted(number for _, result in done for number in result) == list(range(100))
    assert all(list(batch) == result for batch, result in done)
    assert len(done) > 3
