"""Trains a small network; then shows one call on its way, and a fused kernel.

python train.py
"""

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from minitensor import Tensor, mt, no_grad, tensor
from minitensor.dispatch import retrieve_fusion, run_fallback
from minitensor.fusing import Fused
from minitensor.watching import LogCalls, trace


def rings(count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Points in the plane; those of the inner ring are labelled 1, the others -1."""
    random = np.random.default_rng(seed)
    inner = random.random(count) < 0.5
    radius = np.where(inner, 1.0, 2.0) + random.normal(0.0, 0.2, count)
    angle = random.random(count) * 2 * np.pi
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    return tensor(points), tensor(np.where(inner, 1.0, -1.0)[:, None])


def parameters(hidden: int, seed: int) -> list[Tensor]:
    """Those of a network with two layers."""
    random = np.random.default_rng(seed)
    shapes = [(2, hidden), (hidden,), (hidden, 1), (1,)]
    return [tensor(random.normal(0.0, 0.5, s), requires_grad=True) for s in shapes]


def network(points: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> Tensor:
    result: Tensor = mt.tanh(mt.relu(points @ w1 + b1) @ w2 + b2)
    return result


def momentum(ops: Any, parameter: Any, speed: Any, gradient: Any, rate: Any) -> Any:
    """One step down: the new parameter and the new speed."""
    faster = ops.mt.add.Tensor(ops.mt.mul.Scalar(speed, 0.9), gradient)
    return ops.mt.add.Tensor(parameter, ops.mt.mul.Scalar(faster, rate)), faster


STEP = Fused(momentum, 4)


def train(
    weights: list[Tensor], points: Tensor, labels: Tensor, steps: int
) -> list[float]:
    """Train; returns the loss before each step."""
    speeds = [tensor(np.zeros(weight.shape)) for weight in weights]
    losses = []
    for _ in range(steps):
        error = network(points, *weights) - labels
        loss = mt.mean(error * error)
        loss.backward()
        losses.append(loss.item())
        with no_grad():
            for i, weight in enumerate(weights):
                assert weight.grad is not None
                value, speeds[i] = STEP(weight, speeds[i], weight.grad, -0.05)
                mt.copy_(weight, value)
                weight.grad = None
    return losses


def show_training() -> None:
    weights = parameters(hidden=16, seed=0)
    start = perf_counter()
    losses = train(weights, *rings(400, seed=1), steps=200)
    print(f"trained for {perf_counter() - start:.2f} seconds")
    print(f"loss before: {losses[0]:.3f}")
    print(f"loss after:  {losses[-1]:.3f}")
    points, labels = rings(400, seed=2)
    right = np.sign(network(points, *weights).numpy()) == labels.numpy()
    print(f"right on new points: {right.mean():.0%}")


def show_trace() -> None:
    print("\none call of add_, inside of a mode, through its keys:")
    total = mt.clone(tensor([0.0, 0.0], requires_grad=True))
    with LogCalls() as log, trace() as lines:
        mt.add_(total, tensor([0.5, 0.5]))
    print("\n".join(lines))
    print(f"what the mode saw: {log.lines[0]}")


def show_fusion() -> None:
    spec = retrieve_fusion(STEP.key)
    print(f"\nthe step of the optimizer as a graph:\n{spec.graph}", end="")
    random = np.random.default_rng(3)
    inputs: list[Any] = [tensor(random.random(1000)) for _ in range(3)]
    inputs.append(-0.05)
    stack = [*inputs]
    run_fallback(STEP.key, stack)
    with no_grad():
        print(f"fused:      {STEP(*inputs)[0].numpy().sum()}")
    print(f"one by one: {stack[0].numpy().sum()}")
    STEP(*inputs)
    print(f"outside of no_grad: {spec.why_not}")
    print(spec)


if __name__ == "__main__":
    show_training()
    show_trace()
    show_fusion()
