"""Trains a network of two layers on the CPU and on acme, and shows that both agree."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any, Final

import acme
import torch
from torch import Tensor, nn

OPTIMIZERS: Final[dict[str, Callable[[Iterable[Any]], torch.optim.Optimizer]]] = {
    "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.9),
    "Adam": lambda parameters: torch.optim.Adam(parameters, lr=0.01),
}

KERNELS: Final = ("addmm", "mm", "relu", "threshold_backward", "mse_loss")


def train(device: str, optimizer: str, steps: int) -> list[float]:
    """The loss before each step."""
    torch.manual_seed(0)
    x = torch.randn(64, 8)
    y = torch.sin(x.sum(1, keepdim=True))
    model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1))
    # The same numbers on each device: made on the CPU, then sent.
    x, y, model = x.to(device), y.to(device), model.to(device)
    descent = OPTIMIZERS[optimizer](model.parameters())
    losses = []
    for _ in range(steps):
        descent.zero_grad()
        loss: Tensor = nn.functional.mse_loss(model(x), y)
        loss.backward()  # type: ignore[no-untyped-call]
        descent.step()
        losses.append(loss.item())
    return losses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=20)
    steps: int = parser.parse_args().steps
    for optimizer in OPTIMIZERS:
        print(f"{optimizer:<6}{'cpu':>12}{'acme':>12}")
        losses = [train(device, optimizer, steps) for device in ("cpu", "acme")]
        for step, (cpu, own) in enumerate(zip(*losses, strict=True), 1):
            print(f"{step:<6}{cpu:>12.6f}{own:>12.6f}")
    calls = ", ".join(f"{name} {torch.ops.acme.calls(name)}" for name in KERNELS)
    print(f"calls of acme's kernels: {calls}")
    missing = [r for r in acme.report if r.outcome != "registered"]
    print(f"registered: all {len(acme.report)}" if not missing else f"{missing}")


if __name__ == "__main__":
    main()
