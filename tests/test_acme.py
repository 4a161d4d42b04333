"""The example `examples/acme`: a backend of PyTorch 2.13, generated, built and used.

One build serves all tests. What is done with it is done in processes of their own, by the
functions below whose names end in `_there`; nothing here imports PyTorch.
"""

from __future__ import annotations

import importlib.metadata
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from filelock import FileLock

import codegen
from codegen import Model
from codegen.checks_torch import check_libtorch
from codegen.extension import extension_of

VERSION: Final = "2.13.0"
# What the generated pyproject.toml asks for; the build takes it from the environment.
SETUPTOOLS: Final = 77
ROOT: Final = Path(__file__).parent.parent
EXAMPLE: Final = ROOT / "examples" / "acme"

# PyTorch imports the packages of installed devices, unless it is told not to.
NO_AUTOLOAD: Final = {"TORCH_DEVICE_BACKEND_AUTOLOAD": "0"}

# What each device has besides what is declared, for its random numbers.
OPERATORS_OF_DEVICES: Final = "dispatch_codegen_device::"

_KERNEL: Final = re.compile(
    r"(\w+)(?:\[alias\])?( \(inactive\))?: (.*) :: (.*) \[ ([\w ]+) \]"
)
_SLOT: Final = re.compile(r"(\w+): (fallthrough )?(.*) \[([^\[\]]*)\]")


def run(
    command: list[str], cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
    )


def run_codegen(*command: str) -> None:
    arguments = [sys.executable, "-m", "codegen", *command]
    result = run(arguments, ROOT, PYTHONPATH=str(ROOT))
    assert result.returncode == 0, result.stdout + result.stderr


def test_declarations_have_no_findings() -> None:
    run_codegen("lint", "-d", str(EXAMPLE / "declarations"))


# The build


def why_not_built() -> str | None:
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        return f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}"
    if found != VERSION:
        return f"PyTorch {VERSION} is needed, {found} is installed"
    if shutil.which(os.environ.get("CXX", "c++")) is None:
        return "there is no C++ compiler"
    try:
        tools = importlib.metadata.version("setuptools")
    except importlib.metadata.PackageNotFoundError:
        tools = "0"
    if int(tools.partition(".")[0]) < SETUPTOOLS:
        return (
            f"setuptools {SETUPTOOLS} is needed: pip install 'setuptools>={SETUPTOOLS}'"
        )
    return None


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example with the package installed in its folder `site`."""
    why_not = why_not_built()
    if why_not is not None:
        pytest.skip(why_not)
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    example = folder / "acme"
    with FileLock(f"{example}.lock"):
        if not (example / "done").exists():
            assert not example.exists(), "it could not be built"
            build(example)
            (example / "done").touch()
    return example


def build(example: Path) -> None:
    shutil.copytree(
        EXAMPLE, example, ignore=shutil.ignore_patterns("torch_extension", "build")
    )
    project = example / "torch_extension"
    run_codegen(
        "generate",
        "-d",
        str(example / "declarations"),
        "--target",
        "libtorch",
        "-o",
        str(project),
    )
    command = (
        "-m pip install --quiet --no-build-isolation --no-deps --no-index --target"
    )
    result = run(
        [sys.executable, *command.split(), str(example / "site"), str(project)],
        example,
        # Compilers spend their time on headers, and half of the rest on being thorough.
        CFLAGS="-O0 -g0",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )
    assert result.returncode == 0, result.stdout + result.stderr


def there(built: Path, function: Callable[[], None], **environment: str) -> Any:
    """What the last line says, as JSON, that a function prints in its own process."""
    name = function.__name__
    source = f"{textwrap.dedent(inspect.getsource(function))}\n{name}()\n"
    paths = os.pathsep.join([str(built / "site"), str(built)])
    result = run(
        [sys.executable, "-c", f"from __future__ import annotations\n{source}"],
        built,
        PYTHONPATH=paths,
        **environment,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def registered(report: list[list[str]]) -> None:
    """Assert that all of it was."""
    assert report
    assert [row for row in report if row[3:] != ["registered", ""]] == []


# Training


def train_there() -> None:
    import json
    import sys

    import train

    sys.argv = ["train.py"]
    train.main()
    runs = {
        optimizer: [train.train(device, optimizer, 20) for device in ("cpu", "acme")]
        for optimizer in train.OPTIMIZERS
    }
    print(json.dumps(runs))


@pytest.mark.torch
@pytest.mark.slow
def test_training(built: Path) -> None:
    """Twenty steps of SGD with momentum and of Adam: the losses are the CPU's."""
    for cpu, own in there(built, train_there).values():
        assert len(own) == 20
        assert own == pytest.approx(cpu, rel=1e-5)
        assert own[-1] < own[0] / 1.5


def calls_there() -> None:
    import json

    import torch
    import train

    names = "addmm mm relu threshold_backward mse_loss mse_loss_backward sum add mul"
    adam = "lerp addcmul addcdiv sqrt div fill_"
    found = {}
    for optimizer, kernels in ("SGD", names), ("Adam", f"{names} {adam}"):
        before = {name: torch.ops.acme.calls(name) for name in kernels.split()}
        train.train("acme", optimizer, 3)
        for name, count in before.items():
            found[f"{optimizer} {name}"] = torch.ops.acme.calls(name) - count
    print(json.dumps(found))


@pytest.mark.torch
@pytest.mark.slow
def test_its_own_kernels_train(built: Path) -> None:
    found = there(built, calls_there)
    assert found["SGD addmm"] == 3 * 2
    # The weights of both layers, and the input of the second.
    assert found["SGD mm"] == 3 * 3
    assert [name for name, count in found.items() if count < 3] == []


# Operators


def variants_there() -> None:
    import json
    from functools import partial

    import torch

    torch.manual_seed(0)
    a, b, c = torch.rand(3, 4) + 0.5, torch.rand(3, 4) - 0.5, torch.rand(3, 4) + 0.5
    column, wide = torch.rand(3, 1) + 0.5, torch.rand(4, 5) - 0.5
    aten = torch.ops.aten
    cases = [
        ("add", [aten.add, aten.add_], [a, b], {"alpha": 2}),
        ("add", [aten.add, aten.add_], [a, column], {}),
        ("add", [aten.add, aten.add_], [a.double(), b], {}),
        ("add", [aten.add], [torch.rand(4, 3).t(), b], {}),
        ("mul", [aten.mul, aten.mul_], [a, b], {}),
        ("mul", [aten.mul, aten.mul_], [a, torch.tensor(3.0)], {}),
        ("mul", [aten.mul], [torch.arange(4), a], {}),
        ("mul", [aten.mul, aten.mul_], [torch.arange(4), torch.arange(4)], {}),
        ("mul", [aten.mul], [a > 1, b > 0], {}),
        ("add", [aten.add, aten.add_], [torch.arange(4), torch.tensor(2)], {}),
        ("div", [aten.div, aten.div_], [b, a], {}),
        ("sqrt", [aten.sqrt, aten.sqrt_], [a], {}),
        ("sqrt", [aten.sqrt], [torch.arange(4)], {}),
        ("sigmoid", [aten.sigmoid, aten.sigmoid_], [b], {}),
        ("lerp", [aten.lerp, aten.lerp_], [a, b, 0.3], {}),
        ("lerp", [aten.lerp, aten.lerp_], [a, b, 0.7], {}),
        ("addcmul", [aten.addcmul, aten.addcmul_], [a, b, c], {"value": 0.5}),
        ("addcdiv", [aten.addcdiv, aten.addcdiv_], [a, b, c], {"value": 0.5}),
        ("mm", [aten.mm], [a, wide], {}),
        ("mm", [aten.mm], [a.t(), b], {}),
        ("mm", [aten.mm], [torch.rand(3, 0), torch.rand(0, 2)], {}),
        ("addmm", [aten.addmm], [torch.rand(5), a, wide], {"beta": 0.5, "alpha": 2}),
        ("addmm", [aten.addmm], [torch.full((5,), torch.nan), a, wide], {"beta": 0}),
        ("addmm", [aten.addmm_], [torch.rand(3, 5), a, wide], {"beta": 0.5}),
        ("sum", [aten.sum], [torch.rand(2, 3, 4), [0, 2]], {}),
        ("sum", [aten.sum], [torch.rand(2, 3, 4), [1], True], {}),
        ("sum", [aten.sum], [torch.rand(2, 3, 4), [-1]], {"dtype": torch.double}),
        ("sum", [aten.sum], [torch.rand(2, 3, 4).permute(2, 0, 1), []], {}),
        ("mse_loss", [aten.mse_loss], [a, b], {}),
        ("mse_loss", [aten.mse_loss], [a, b, 2], {}),
        ("mse_loss", [aten.mse_loss], [a, b, 0], {}),
    ]

    def sent(value: object) -> object:
        return value.to("acme") if isinstance(value, torch.Tensor) else value

    def check(kernel: str, call: object, given: list[object], expected: object) -> None:
        before = torch.ops.acme.calls(kernel)
        own = call(*map(sent, given))  # type: ignore[operator]
        assert own.device.type == "acme"
        torch.testing.assert_close(own.cpu(), expected)
        assert own.cpu().dtype == expected.dtype  # type: ignore[attr-defined]
        assert torch.ops.acme.calls(kernel) > before, (kernel, call)

    checked = 0
    for kernel, forms, given, named in cases:
        for form in forms:
            copied = [x.clone() if isinstance(x, torch.Tensor) else x for x in given]
            call = partial(form, **named)
            check(kernel, call, given, call(*copied))
            checked += 1
        if form in (aten.addmm_, torch.ops.aten.sum):
            continue
        # Out tensors: of the right size, with strides of their own, and to be resized.
        expected = forms[0](*given, **named)
        shape, dtype = expected.shape, expected.dtype
        for out in (
            torch.empty(shape, dtype=dtype),
            torch.empty(shape[::-1], dtype=dtype).t(),
            torch.empty(0, dtype=dtype),
            torch.empty(7, dtype=dtype),
        ):
            target = out.to("acme")
            check(
                kernel,
                lambda *given: forms[0](*given, **named, out=target),  # noqa: B023
                given,
                expected,
            )
            assert target.shape == shape
            checked += 1
    print(json.dumps(checked))


@pytest.mark.torch
@pytest.mark.slow
def test_variants(built: Path) -> None:
    """Functional, in-place and out variants: the values are the CPU's."""
    assert there(built, variants_there) > 100


def refused_there() -> None:
    import json

    import torch

    one, two = torch.ones(2, 3, device="acme"), torch.ones(3, 2, device="acme")
    row = torch.ones(3, device="acme")
    whole = torch.ones(2, 3, device="acme", dtype=torch.long)
    refused = []
    for call in (
        lambda: row.add_(one),
        lambda: one.mm(one),
        lambda: torch.mm(one, two, out=torch.empty(2, 2)),
        lambda: torch.mm(one, two, out=whole),
        lambda: whole.div_(2),
        lambda: one.mm(two.double()),
        lambda: torch.add(one, torch.ones(2, 3)),
        lambda: one.half().add(1),
        lambda: torch.ones(1, device="acme:1"),
    ):
        try:
            call()
        except (RuntimeError, NotImplementedError) as error:
            refused.append(str(error).splitlines()[0])
        else:
            refused.append("")
    print(json.dumps(refused))


@pytest.mark.torch
@pytest.mark.slow
def test_what_is_refused(built: Path) -> None:
    refused = there(built, refused_there)
    assert len(refused) == 9
    assert all(refused), refused


def operators_there() -> None:
    import json

    import torch
    from torch._subclasses.fake_tensor import FakeTensorMode

    scaled_relu = torch.ops.acme.scaled_relu
    x = torch.randn(3, 4, dtype=torch.double)
    results = {}
    for device in ("cpu", "acme"):
        here = x.to(device, copy=True).requires_grad_()
        before = torch.ops.acme.calls("scaled_relu")
        torch.testing.assert_close(
            scaled_relu(here, 2.5).cpu(), torch.relu(x) * 2.5, check_device=False
        )
        results[device] = torch.ops.acme.calls("scaled_relu") - before
        assert torch.autograd.gradcheck(lambda t: scaled_relu(t, 2.5), [here])
    torch.library.opcheck(
        scaled_relu,
        (x.float().requires_grad_(), 0.5),
        test_utils=("test_schema", "test_autograd_registration", "test_faketensor"),
    )
    with FakeTensorMode() as mode:
        fake = scaled_relu(torch.empty(5, 6, device="cpu"), 1.0)
        assert fake.shape == (5, 6)
        assert mode is fake.fake_mode
    # From Python.
    own = x.to("acme").requires_grad_()
    host = x.clone().requires_grad_()
    before = torch.ops.acme.calls("sigmoid")
    for tensor in (own, host):
        torch.nn.functional.silu(tensor).sum().backward()
    torch.testing.assert_close(own.grad.cpu(), host.grad)
    results["sigmoid"] = torch.ops.acme.calls("sigmoid") - before
    # From the CPU.
    torch.testing.assert_close(own.detach().cumsum(1).cpu(), x.cumsum(1))
    assert own.cumsum(1).device.type == "acme"
    print(json.dumps(results))


@pytest.mark.torch
@pytest.mark.slow
def test_an_operator_of_its_own(built: Path) -> None:
    """Kernels, gradients and fake results; a kernel in Python; CPU kernels for the rest."""
    # The derivative of silu is composite in PyTorch: its sigmoid is acme's too.
    assert there(built, operators_there) == {"cpu": 1, "acme": 1, "sigmoid": 2}


# What is registered


def tables_there() -> None:
    import json

    import torch
    import torch._meta_registrations
    import torch._subclasses

    def dumps() -> dict[str, list[str]]:
        names = sorted(torch._C._dispatch_get_all_op_names())
        dump, table = torch._C._dispatch_dump, torch._C._dispatch_dump_table
        return {name: [dump(name), table(name)] for name in names}

    before = dumps()
    import acme

    print(json.dumps({"before": before, "after": dumps(), "report": acme.report}))


def parse_registrations(dump: str) -> dict[str, str]:
    """The active kernel of each key, in the text of `_dispatch_dump`."""
    matches = filter(None, map(_KERNEL.fullmatch, dump.splitlines()))
    return {match[1]: match[3] for match in matches if not match[2]}


def parse_table(table: str) -> dict[str, tuple[str, str]]:
    """Kernel and reason by slot, in the text of `_dispatch_dump_table`."""
    found = {}
    for line in table.splitlines():
        match = _SLOT.fullmatch(line)
        assert match, line
        found[match[1]] = (match[3], match[4])
    return found


def declared_registrations(model: Model) -> set[tuple[str, str]]:
    """Each operator and key that the extension registers something for."""
    torch = check_libtorch(model)
    found = {(k.operator.name, k.key) for k in extension_of(model, torch).kernels}
    # What `register_fake` and `register_autograd` of PyTorch register.
    found |= {(name, "Meta") for name in torch.fake}
    found |= {(name, "Autograd") for name in torch.autograd}
    assert torch.device is not None
    for key, kernels in torch.device.host_kernels.items():
        found |= {(name, key) for name in kernels}
    return found


@pytest.mark.torch
@pytest.mark.slow
def test_tables_change_as_declared(built: Path) -> None:
    """All slots of all operators, before and after: kernel and reason are what the model
    makes of what was registered, and that differs by what is declared.
    """
    base = codegen.load(ROOT / "declarations")
    model = codegen.load(EXAMPLE / "declarations")
    dumps = there(built, tables_there, **NO_AUTOLOAD)
    registered(dumps["report"])
    before, after = dumps["before"], dumps["after"]
    declared = declared_registrations(model)
    torch = check_libtorch(model)
    own = {operator.name for operator in extension_of(model, torch).definitions}
    of_devices = {name for name in after if name.startswith(OPERATORS_OF_DEVICES)}
    assert after.keys() - before.keys() - of_devices == own
    assert before.keys() - after.keys() == set()

    changed = set()
    fallbacks: dict[str, set[str]] = {}
    slots = 0
    for name, (dump, table) in after.items():
        kernels = parse_registrations(dump)
        old = parse_registrations(before[name][0]) if name in before else {}
        if name not in of_devices:
            changed |= {(name, k) for k in kernels if kernels[k] != old.get(k)}
        assert old.keys() <= kernels.keys(), name
        for known, registrations, text in (
            (model, kernels, table),
            (base, old, before[name][1] if name in before else None),
        ):
            if text is None:
                continue
            theirs = parse_table(text)
            ours = known.dispatch_table(registrations)
            assert list(ours) == list(theirs), name
            for slot, entry in ours.items():
                kernel, reason = theirs[slot]
                assert entry.reason == reason, (name, slot)
                if reason == "backend fallback":
                    fallbacks.setdefault(slot, set()).add(kernel)
                else:
                    assert entry.kernel == kernel, (name, slot)
            slots += len(known.runtime_keys)
    assert changed == declared
    # One fallback for a key, PyTorch's own but for those that are declared.
    assert fallbacks.keys() == model.fallbacks.keys()
    mine = {slot for slot, names in fallbacks.items() if "csrc/" in "".join(names)}
    assert {len(names) for names in fallbacks.values()} == {1}
    assert {slot for slot in mine if slot not in base.fallbacks} == {
        fallback.spec.key for fallback in extension_of(model, torch).fallbacks
    }
    assert slots > 2 * 490_000


def autoload_there() -> None:
    import json

    import torch

    x = torch.ones(2, 2).to("acme")
    print(x)
    assert x.device == torch.device("acme", 0)
    assert torch.acme.is_available()
    import acme

    print(json.dumps(acme.report))


@pytest.mark.torch
@pytest.mark.slow
def test_import_torch_is_enough(built: Path) -> None:
    registered(there(built, autoload_there))


# More than one extension


def twice_there() -> None:
    import importlib.util
    import json
    import shutil
    import sys
    import tempfile
    import warnings
    from pathlib import Path

    import acme
    import torch

    # The same file again: the process has it.
    library = next(Path(acme.__file__).parent.glob("_C*"))
    torch.ops.load_library(str(library))
    # A copy under another name registers all of it once more.
    copy = Path(tempfile.mkdtemp()) / "acme_again"
    shutil.copytree(Path(acme.__file__).parent, copy)
    sys.path.insert(0, str(copy.parent))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            again = importlib.import_module("acme_again").report
        except ImportError as error:
            again = [["import", "", "", "failed", str(error)]]
    x = torch.ones(2, 2, device="acme")
    assert (x + x).cpu().tolist() == [[2.0, 2.0], [2.0, 2.0]]
    print(json.dumps([acme.report, again]))


@pytest.mark.torch
@pytest.mark.slow
def test_loaded_twice(built: Path) -> None:
    first, again = there(built, twice_there)
    registered(first)
    of_device = [row for row in again if row[2] == "PrivateUse1"]
    assert of_device
    assert {row[3] for row in of_device} <= {"skipped", "failed"}
    assert all(row[4] for row in of_device)


def named_there() -> None:
    import json
    import warnings

    import torch

    torch.utils.rename_privateuse1_backend("other")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import acme
        except ImportError as error:
            rows = [["import", "", "", "failed", str(error)]]
        else:
            rows = [list(row) for row in acme.report]
    assert torch._C._get_privateuse1_backend_name() == "other"
    assert (torch.ones(2) + 1).sum() == 4
    print(json.dumps(rows))


@pytest.mark.torch
@pytest.mark.slow
def test_the_device_is_taken(built: Path) -> None:
    """Another extension has named PrivateUse1: that is said, and nothing aborts."""
    rows = there(built, named_there, **NO_AUTOLOAD)
    device = next(row for row in rows if row[0] in ("device", "import"))
    assert device[3] == "failed"
    assert "other" in device[4]


@pytest.mark.torch
@pytest.mark.slow
def test_cmake_finds_pytorch(built: Path, tmp_path: Path) -> None:
    """Configured only: it would compile the same files once more."""
    if shutil.which("cmake") is None:
        pytest.skip("there is no CMake")
    shown = "import torch; print(torch.utils.cmake_prefix_path)"
    prefix = run([sys.executable, "-c", shown], built).stdout.strip()
    result = run(
        [
            *("cmake", "-S", str(built / "torch_extension"), "-B", str(tmp_path)),
            f"-DCMAKE_PREFIX_PATH={prefix}",
        ],
        built,
    )
    assert result.returncode == 0, result.stdout + result.stderr
