"""The example `examples/minitensor` does what its README says."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

np = pytest.importorskip("numpy")

EXAMPLE: Final = Path(__file__).parent.parent / "examples" / "minitensor"

sys.path.insert(0, str(EXAMPLE))
try:
    import train
    from minitensor import Tensor, fusing, mt, no_grad, tensor
    from minitensor.dispatch import (
        Library,
        check_invariants,
        get_autograd_fallback_mode,
        retrieve_fusion,
        run_fallback,
        set_autograd_fallback_mode,
    )
    from minitensor.watching import Checked, LogCalls, trace
finally:
    sys.path.remove(str(EXAMPLE))

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTHONPATH"] = str(EXAMPLE.parent.parent)
    return subprocess.run(
        [sys.executable, *command],
        cwd=EXAMPLE,
        env=environment,
        capture_output=True,
        text=True,
    )


def random(*shape: int, seed: int = 0) -> Any:
    return np.random.default_rng(seed).uniform(0.3, 1.5, shape)


# The package and the scripts


def test_generated_package_is_fresh() -> None:
    package = ("-o", "minitensor/dispatch", "--package", "minitensor.dispatch")
    result = run("-m", "codegen", "check", *package)
    assert result.returncode == 0, result.stdout + result.stderr


def test_declarations_have_no_findings() -> None:
    result = run("-m", "codegen", "lint")
    assert result.returncode == 0, result.stdout + result.stderr


def test_example_is_typed() -> None:
    pytest.importorskip("mypy")
    scripts = ("train.py", "second_backend.py")
    result = run("-m", "mypy", "--strict", "minitensor", *scripts)
    assert result.returncode == 0, result.stdout


def test_example_uses_only_the_public_package() -> None:
    for file in [*EXAMPLE.glob("*.py"), *EXAMPLE.glob("minitensor/*.py")]:
        assert "_runtime" not in file.read_text("utf-8"), file


def test_training_learns() -> None:
    result = run("train.py")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    losses = {
        line.split(":")[0]: float(line.split(":")[1])
        for line in lines
        if line.startswith("loss")
    }
    assert losses["loss after"] < losses["loss before"] / 10
    fused, one_by_one = (
        float(line.rpartition(":")[2])
        for line in lines
        if line.startswith(("fused", "one by one"))
    )
    assert fused == one_by_one
    assert "  mt::add_ at AutogradCPU" in lines


def test_second_backend_is_one_line() -> None:
    result = run("second_backend.py")
    assert result.returncode == 0, result.stderr
    assert "sum(relu(x @ x)) = Tensor(25.0, device='Toy')" in result.stdout
    assert "mt::matmul: there is no kernel for Toy" in result.stdout
    assert "relu [kernel]" in result.stdout


# Gradients

Function = Callable[..., Any]


def check_gradients(function: Function, *arrays: Any) -> None:
    """Compare the gradients of a function's summed result with finite differences."""
    weight = random(*function(*map(tensor, arrays)).shape, seed=9)

    def weighted(*inputs: Tensor) -> Any:
        return mt.sum(function(*inputs) * tensor(weight))

    inputs = [tensor(array, requires_grad=True) for array in arrays]
    weighted(*inputs).backward()
    for number, array in enumerate(arrays):
        expected = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            values = []
            for step in (1e-6, -1e-6):
                moved = [each.copy() for each in arrays]
                moved[number][index] += step
                values.append(weighted(*map(tensor, moved)).item())
            expected[index] = (values[0] - values[1]) / 2e-6
        gradient = inputs[number].grad
        found = np.zeros_like(array) if gradient is None else gradient.numpy()
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-7)


def changed_in_view(x: Tensor, y: Tensor) -> Any:
    result = mt.clone(x)
    before = mt.narrow(result, 1, 0, 1)
    row = mt.narrow(mt.transpose(result, 0, 1), 0, 0, 1)
    mt.add_(row, y * y)
    mt.copy_(mt.narrow(result, 0, 1, 1), mt.exp(y))
    return mt.sum(result, [0]) * before


FUNCTIONS: Final[dict[str, tuple[Function, tuple[tuple[int, ...], ...]]]] = {
    "add": (lambda x, y: x + y, ((2, 3), (3,))),
    "scalars": (lambda x: (2.0 + x) * 3 / 4 - 1.0, ((2, 3),)),
    "sub": (lambda x, y: x - y, ((2, 1), (1, 3))),
    "mul": (lambda x, y: x * y, ((), (2, 2))),
    "square": (lambda x: x * x, ((2, 2),)),
    "div": (lambda x, y: x / y, ((2, 3), (2, 1))),
    "exp": (mt.exp, ((3,),)),
    "tanh": (mt.tanh, ((3,),)),
    "relu": (lambda x: mt.relu(x + -0.9), ((4,),)),
    "matmul": (lambda x, y: x @ y, ((2, 3), (3, 2))),
    "sum": (mt.sum, ((2, 3),)),
    "sum of a dim": (lambda x: mt.sum(x, [-1]), ((2, 3),)),
    "sum, dims kept": (lambda x: mt.sum(x, [0, 2], True), ((2, 3, 2),)),
    "mean": (mt.mean, ((2, 3),)),
    "cat": (lambda x, y: mt.cat([x, y, x], 1), ((2, 1), (2, 2))),
    "cat of a tuple": (lambda x, y: mt.cat((x, y)), ((1, 2), (2, 2))),
    "cat from the end": (lambda x, y: mt.cat([x, y], -1), ((2, 1), (2, 2))),
    "view": (lambda x: mt.view(x, [3, 2]) * 2.0, ((2, 3),)),
    "view of transposed": (
        lambda x: mt.view(mt.clone(mt.transpose(x, 0, 1)), [6]),
        ((2, 3),),
    ),
    "expand": (lambda x: mt.expand(x, [4, 2, 3]), ((2, 1),)),
    "narrow": (lambda x: mt.exp(mt.narrow(x, 1, 1, 2)), ((2, 3),)),
    "add_": (lambda x, y: mt.add_(mt.exp(x) * 2.0, y), ((2, 2), (2,))),
    "copy_": (lambda x, y: mt.copy_(x * 2.0, y), ((2, 2), (2,))),
    "zero_": (lambda x: mt.zero_(x * 2.0), ((2, 2),)),
    "changed in view": (changed_in_view, ((2, 2), (1, 2))),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_are_those_of_finite_differences(name: str) -> None:
    function, shapes = FUNCTIONS[name]
    check_gradients(function, *(random(*s, seed=i) for i, s in enumerate(shapes)))


@st.composite
def broadcastable(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    whole = draw(st.lists(st.integers(1, 3), max_size=3))
    shapes = []
    for _ in range(2):
        kept = draw(st.integers(0, len(whole)))
        shape = whole[len(whole) - kept :]
        shapes.append(tuple(1 if draw(st.booleans()) else size for size in shape))
    return shapes[0], shapes[1]


@settings(max_examples=40, deadline=None)
@given(broadcastable(), st.sampled_from(["add", "sub", "mul", "div"]))
def test_broadcasting_has_right_gradients(
    shapes: tuple[tuple[int, ...], tuple[int, ...]], name: str
) -> None:
    x, y = (random(*shape, seed=seed) for seed, shape in enumerate(shapes))
    check_gradients(getattr(mt, name), x, y)


@settings(max_examples=40, deadline=None)
@given(broadcastable(), st.sampled_from(["add", "sub", "mul", "div"]))
def test_meta_knows_the_shapes_of_results(
    shapes: tuple[tuple[int, ...], tuple[int, ...]], name: str
) -> None:
    on_cpu, on_meta = (
        getattr(mt, name)(*(mt.full(shape, 1.0, device=device) for shape in shapes))
        for device in ("CPU", "Meta")
    )
    assert on_meta.shape == on_cpu.shape
    assert on_meta.device == "Meta"


def test_meta_goes_backward_without_data() -> None:
    x, w = (
        tensor(random(*shape), device="Meta", requires_grad=True)
        for shape in ((3, 2), (2, 4))
    )
    y = mt.cat(
        [mt.tanh(x @ w), mt.transpose(mt.full([4, 1], 1.0, device="Meta"), 0, 1)]
    )
    mt.mean(mt.narrow(y, 0, 1, 2)).backward()
    assert (x.grad.shape, w.grad.shape) == ((3, 2), (2, 4))


# Versions, views, operators without an autograd kernel


def test_backward_refuses_what_was_changed_in_place() -> None:
    x = tensor([1.0, 2.0], requires_grad=True)
    y = mt.exp(x)
    result = mt.sum(y * y)
    mt.add_(mt.narrow(y, 0, 0, 1), tensor(1.0))
    with pytest.raises(
        RuntimeError, match=r"gradient of mt::mul.Tensor needs .* was changed in place"
    ):
        result.backward()


def test_views_share_memory_and_version() -> None:
    x = tensor([[1.0, 2.0], [3.0, 4.0]])
    view = mt.transpose(mt.narrow(x, 0, 0, 1), 0, 1)
    mt.zero_(view)
    assert view.base is x
    assert view.version.count == x.version.count == 1
    assert x.numpy().tolist() == [[0.0, 0.0], [3.0, 4.0]]


def test_a_view_made_before_its_base_was_changed_has_the_right_gradient() -> None:
    x, y = (tensor([1.0, 2.0], requires_grad=True) for _ in range(2))
    base = x * 1.0
    view = mt.narrow(base, 0, 1, 1)
    mt.copy_(base, y * 3.0)
    with no_grad():
        assert view.requires_grad
    mt.sum(view * 2.0).backward()
    assert x.grad is None
    assert y.grad.numpy().tolist() == [0.0, 6.0]


def test_a_leaf_is_changed_only_without_recording() -> None:
    x = tensor([1.0], requires_grad=True)
    for changed in (x, mt.view(x, [1, 1])):
        with pytest.raises(RuntimeError, match="leaf"):
            mt.add_(changed, tensor(1.0))
    with no_grad():
        mt.add_(x, tensor(1.0))
    assert x.item() == 2.0


def test_operator_without_autograd_kernel_warns_at_backward() -> None:
    x = tensor([-1.0, 2.0], requires_grad=True)
    result = mt.sum(mt.step(x) * x)
    with pytest.warns(UserWarning, match="mt::step"):
        result.backward()
    assert x.grad.numpy().tolist() == [0.0, 1.0]
    mode = get_autograd_fallback_mode()
    set_autograd_fallback_mode("error")
    try:
        with pytest.raises(RuntimeError, match="mt::step"):
            mt.sum(mt.step(x)).backward()
    finally:
        set_autograd_fallback_mode(mode)


# Modes, subclasses, traces


def test_mode_sees_calls_below_autograd() -> None:
    x = tensor([[1.0, 2.0]], requires_grad=True)
    with LogCalls() as log:
        mt.mean(x)
    assert log.lines == [
        "mt::sum((1, 2)) -> ()",
        "mt::div.Scalar((), 2) -> ()",
    ]


def test_subclass_stops_at_what_is_not_finite() -> None:
    x = Checked(np.array([1.0, 2.0]), "CPU", requires_grad=True)
    y = mt.exp(mt.cat([x, x])) * 2.0
    assert type(y) is Checked
    mt.sum(mt.add_(y, tensor(1.0))).backward()
    np.testing.assert_allclose(x.grad.numpy(), 4 * np.exp([1.0, 2.0]))
    with (
        np.errstate(over="ignore"),
        pytest.raises(FloatingPointError, match="mt::exp made"),
    ):
        mt.exp(x * 1000.0)


def test_trace_shows_each_kernel_that_runs() -> None:
    x = tensor([1.0], requires_grad=True)
    with trace() as lines:
        mt.neg(mt.view(x, [1, 1]))
    assert lines == [
        "mt::view at AutogradCPU",
        "  mt::view at ADInplaceOrView",
        "    mt::view at CPU",
        "mt::neg at AutogradCPU",
        "  mt::mul.Scalar at AutogradCPU",
        "    mt::mul.Scalar at CPU",
    ]
    mt.neg(x)
    assert len(lines) == 6
    check_invariants()


def test_a_kernel_can_be_replaced_for_a_while() -> None:
    with warnings.catch_warnings(), Library("mt", "IMPL", "CPU") as library:
        warnings.simplefilter("ignore")
        library.impl("neg", lambda self: tensor(7.0))
        with no_grad():
            assert mt.neg(tensor(1.0)).item() == 7.0
    assert mt.neg(tensor(1.0)).item() == -1.0


# Fused kernels


def rational(ops: Any, x: Any, y: Any, scale: Any) -> Any:
    product = ops.mt.mul.Tensor(ops.mt.relu(x), ops.mt.mul.Scalar(y, scale))
    quotient = ops.mt.div.Tensor(product, ops.mt.add.Scalar(y, 2.0))
    return quotient, ops.mt.tanh(product)


@pytest.mark.parametrize(
    "shapes", [((3,), (3,)), ((2, 1), (4,)), ((), (2,)), ((0,), ())]
)
@pytest.mark.parametrize("compilers", ["all", "numpy"])
def test_fused_is_what_the_calls_give(
    shapes: tuple[tuple[int, ...], ...], compilers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if compilers == "numpy":
        monkeypatch.setattr(fusing.FUSER, "_compilers", (fusing.NumpyCompiler(),))
    fused = fusing.Fused(rational, 3)
    x, y = (tensor(random(*shape, seed=i) - 0.8) for i, shape in enumerate(shapes))
    spec = retrieve_fusion(fused.key)
    before = spec.fused
    with no_grad():
        results = fused(x, y, 0.7)
    assert spec.fused == before + 1, spec.why_not
    stack = [x, y, 0.7]
    run_fallback(fused.key, stack)
    for one, other in zip(results, stack, strict=True):
        assert one.numpy().tolist() == other.numpy().tolist()


def test_fusing_falls_back() -> None:
    fused = fusing.Fused(rational, 3)
    spec = retrieve_fusion(fused.key)
    x, y = tensor([1.0], requires_grad=True), tensor([2.0])
    mt.sum(fused(x, y, 1.0)[0]).backward()
    assert "AutogradCPU" in spec.why_not
    assert x.grad.item() == 0.5
    with LogCalls() as log, no_grad():
        fused(y, y, 1.0)
    assert "Python" in spec.why_not
    assert len(log.lines) == 6
    on_meta = mt.full([2, 1], 1.0, device="Meta")
    with no_grad():
        assert fused(on_meta, on_meta, 1.0)[0].shape == (2, 1)
    assert "Meta" in spec.why_not


def test_training_uses_the_fused_step() -> None:
    spec = retrieve_fusion(train.STEP.key)
    before = spec.fused
    losses = train.train(train.parameters(4, 0), *train.rings(50, 1), 20)
    assert losses[-1] < losses[0]
    assert spec.fused == before + 80
