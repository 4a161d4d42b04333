"""Adds a second backend by one line of declarations, in a copy of this example.

    python second_backend.py

Needs dispatch-codegen, since it generates the dispatcher anew.
"""

import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

LINE = "  - Toy: {borrows: true}\n"


def add_backend(folder: Path) -> None:
    """Write the line below that of the CPU, and generate."""
    print(f"the line: {LINE.strip()}", flush=True)
    declarations = folder / "declarations" / "minitensor.yaml"
    text = declarations.read_text("utf-8")
    declarations.write_text(text.replace("  - CPU\n", f"  - CPU\n{LINE}"), "utf-8")
    command = "codegen generate -o minitensor/dispatch --package minitensor.dispatch"
    subprocess.run([sys.executable, "-m", *command.split()], cwd=folder, check=True)


def use_backend() -> None:
    """Run operators on it: by the CPU at first, then by a kernel of its own."""
    from minitensor import Tensor, mt, tensor
    from minitensor.dispatch import Library, dispatch_table

    x = tensor([[1.0, -2.0], [3.0, 4.0]], device="Toy", requires_grad=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = mt.sum(mt.relu(x @ x))
        result.backward()
    print(f"\nsum(relu(x @ x)) = {result}")
    print(f"gradient of x: {x.grad}")
    print(f"the first of {len(caught)} warnings: {caught[0].message}")

    def relu(self: Tensor) -> Tensor:
        return Tensor(self.data.clip(min=0.0), "Toy")

    with Library("mt", "IMPL", "Toy") as library:
        library.impl("relu", relu)
        entry = dispatch_table("mt::relu")["Toy"]
        print(f"\nwith a kernel of its own: {entry.kernel} [{entry.reason}]")
        print(mt.relu(x))


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        for name in ("declarations", "minitensor"):
            shutil.copytree(Path(__file__).parent / name, Path(temporary, name))
        add_backend(Path(temporary))
        sys.path.insert(0, temporary)
        use_backend()
