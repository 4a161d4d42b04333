"""Programs that run on PyTorch and on the generated package, one module a subject."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator

from tests.parity.programs.machine import Machine, Program

SUBJECTS = (
    "calls",
    "schemas",
    "arguments",
    "guards",
    "redispatch",
    "fallthroughs",
    "fallbacks",
    "aliases",
    "lists",
    "errors",
    "libraries",
    "python_modes",
    "subclasses",
    "tls_snapshot",
    "python_dispatcher",
    "autograd_fallback",
    "meta",
    "observers",
)


def programs() -> Iterator[tuple[str, Program]]:
    """Yield every program under ``subject.name``, in the order they are written."""
    for subject in SUBJECTS:
        module = importlib.import_module(f"{__name__}.{subject}")
        for name, value in vars(module).items():
            public = callable(value) and not name.startswith("_")
            if public and getattr(value, "__module__", "") == module.__name__:
                yield f"{subject}.{name}", value


def run(machine: type[Machine], name: str, program: Program) -> list[str]:
    """Return the events of a program, on a machine and in a thread of its own."""
    made = machine(name.replace(".", "_"))
    failed: list[BaseException] = []

    def runs() -> None:
        try:
            program(made)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=runs, name=name)
    thread.start()
    thread.join()
    made.close()
    if failed:
        failed[0].add_note(f"in the program {name}, after\n" + "\n".join(made.events))
        raise failed[0]
    return made.events
