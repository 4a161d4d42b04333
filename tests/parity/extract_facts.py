"""Ask PyTorch 2.13.0 for the facts that the parity tests compare with, and write them down.

    python tests/parity/extract_facts.py             rewrite tests/parity/facts/
    python tests/parity/extract_facts.py --check     exit 1 if the files there differ

Run it with a Python that has the CPU build of torch 2.13.0 for Linux; g++ must be there too
(or another compiler, named by the environment variable CXX). Takes names from the headers in
the wheel, asks c10 itself through probe.cpp, and asks torch._C in fresh processes. Exits with
2 when it cannot ask. Writes nothing that depends on the machine: the paths in PyTorch's dumps
are cut to start at ``torch/``, ``aten/`` or ``build/``.
"""

import argparse
import ast
import importlib
import importlib.util
import json
import lzma
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from facts import (
    FACTS,
    RANDOM_BLOCK,
    RANDOM_COUNT,
    RANDOM_SEED,
    SECTIONS,
    OperatorFacts,
    cycle_keys,
    first_names,
    parse_dispatcher,
    parse_operators,
)

TORCH_VERSION = "2.13.0"
PROBE = Path(__file__).with_name("probe.cpp")
HEADER = "c10/core/DispatchKeySet.h"

# What the probe answers for each backend and each key, in the order of their values, and
# whether the answers are keys, backends or stand for themselves.
BY_BACKEND = {
    "backend_to_string": "plain",
    "backend_key_set": "plain",
    "get_autograd_key_from_backend": "key",
    "get_autograd_related_key_set_from_backend": "plain",
    "get_autocast_related_key_set_from_backend": "plain",
}
BY_KEY = {
    "key_to_string": "plain",
    "key_set": "plain",
    "full_after": "plain",
    "to_functionality_key": "key",
    "to_backend_component": "backend",
    "is_alias_dispatch_key": "plain",
    "is_per_backend_functionality_key": "plain",
    "is_backend_dispatch_key": "plain",
    "get_runtime_dispatch_key_set": "plain",
    "get_backend_key_set_from_autograd": "plain",
    "get_dispatch_table_index": "plain",
}
AS_ANSWERED = (
    "num_backends",
    "num_functionality_keys",
    "num_runtime_entries",
    "full_backend_mask",
    "full_set",
    "backends",
    "keys",
    "constants",
    "cpp_guards",
    "random_digests",
)

AUTOCAST_DEVICES = (
    "cpu",
    "mtia",
    "maia",
    "xpu",
    "ipu",
    "hpu",
    "xla",
    "mps",
    "cuda",
    "privateuseone",
)

MOST_DIFFERENCES = 40


class CannotAsk(Exception):
    """PyTorch 2.13.0 or a compiler is not there, or does not answer as it should."""


class Torch(NamedTuple):
    """Where the installed PyTorch is, and how to link against it."""

    include: str
    lib: str
    cxx11_abi: int


class HeaderNames(NamedTuple):
    """Enumerators with their values, and the names of set constants."""

    backends: dict[str, int]
    keys: dict[str, int]
    constants: list[str]


# ---- asking c10, through a C++ program


def find_torch() -> Torch:
    """Return the installed PyTorch; raise if it is not the one that the facts are of."""
    if platform.system() != "Linux":
        raise CannotAsk("the facts are those of PyTorch's CPU build for Linux")
    if importlib.util.find_spec("torch") is None:
        raise CannotAsk(
            f"no PyTorch for {sys.executable}: pip install torch=={TORCH_VERSION}"
        )
    answer = ask_torch("setup")
    if answer["version"].partition("+")[0] != TORCH_VERSION:
        raise CannotAsk(
            f"the facts are those of PyTorch {TORCH_VERSION}; {sys.executable} has"
            f" {answer['version']}"
        )
    if answer["accelerator"]:
        raise CannotAsk(
            "the facts are those of PyTorch's CPU build; this one is built for"
            f" {answer['accelerator']}"
        )
    root = Path(answer["root"])
    return Torch(str(root / "include"), str(root / "lib"), answer["cxx11_abi"])


def find_compiler() -> str:
    """Return the C++ compiler's command."""
    name = os.environ.get("CXX") or "g++"
    if shutil.which(name) is None:
        raise CannotAsk(f"no C++ compiler: {name} was not found")
    return name


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Return what a command prints; raise with the end of its errors if it fails."""
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        errors = "\n".join(done.stderr.strip().splitlines()[-15:])
        raise CannotAsk(f"{' '.join(command)} failed ({done.returncode}):\n{errors}")
    return done.stdout


def read_header_names(torch: Torch, compiler: str, directory: str) -> HeaderNames:
    """Return the names of all keys, backends and sets in the installed headers."""
    source = Path(directory, "names.cpp")
    source.write_text(f"#include <{HEADER}>\n", encoding="utf-8")
    text = run([compiler, "-E", "-std=c++20", f"-I{torch.include}", str(source)])
    parts = parse_line_markers(text)
    everything = "".join(code for _, code in parts)
    own = "".join(code for path, code in parts if path.endswith(HEADER))
    return HeaderNames(
        backends=parse_enumerators(everything, "BackendComponent"),
        keys=parse_enumerators(everything, "DispatchKey"),
        constants=parse_constants(own),
    )


def parse_line_markers(text: str) -> list[tuple[str, str]]:
    """Split preprocessed text into (path of a file, lines that come from it)."""
    parts = re.split(r'^# \d+ "([^"]*)".*\n', text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def parse_enumerators(text: str, enum: str) -> dict[str, int]:
    """Return the enumerators of an enum class, in order, with their values."""
    body = re.search(rf"enum\s+class\s+{enum}\s*:[^{{;]*\{{(.*?)\}}", text, re.DOTALL)
    if body is None:
        raise CannotAsk(f"enum class {enum} is not in PyTorch's headers")
    code = re.sub(r"^#.*", "", body[1], flags=re.MULTILINE)
    values: dict[str, int] = {}
    value = 0
    for entry in filter(None, map(str.strip, code.split(","))):
        name, _, initializer = map(str.strip, entry.partition("="))
        if initializer:
            value = values[initializer] if initializer in values else int(initializer)
        values[name] = value
        value += 1
    return values


def parse_constants(text: str) -> list[str]:
    """Return the names of the sets that a header declares in its namespace, in order."""
    declaration = r"\bconstexpr\s+(?:DispatchKeySet|auto)\s+(\w+)\s*="
    depth = 0
    names = []
    for match in re.finditer(rf"[{{}}]|{declaration}", text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth == 1:
            names.append(match[1])
    return names


def ask_probe(torch: Torch) -> tuple[dict[str, Any], dict[str, Any]]:
    """Compile and run the probe; return its answers, and those of the trimmed build."""
    compiler = find_compiler()
    with tempfile.TemporaryDirectory() as directory:
        names = read_header_names(torch, compiler, directory)
        lists: dict[str, Iterable[str]] = {
            "BACKEND": names.backends,
            "KEY": names.keys,
            "CONSTANT": names.constants,
            "CYCLE_KEY": cycle_keys(names.keys),
        }
        Path(directory, "names.inc").write_text(x_macros(lists), encoding="utf-8")
        compile_to = [
            compiler,
            "-std=c++20",
            "-O1",
            "-DNDEBUG",
            f"-D_GLIBCXX_USE_CXX11_ABI={torch.cxx11_abi}",
            f"-DRANDOM_SEED={RANDOM_SEED}",
            f"-DRANDOM_COUNT={RANDOM_COUNT}",
            f"-DRANDOM_BLOCK={RANDOM_BLOCK}",
            f"-I{directory}",
            f"-I{torch.include}",
            str(PROBE),
            "-o",
        ]
        full, trimmed = f"{directory}/full", f"{directory}/trimmed"
        link = [f"-L{torch.lib}", f"-Wl,-rpath,{torch.lib}", "-lc10"]
        run([*compile_to, full, *link])
        run([*compile_to, trimmed, "-DC10_MOBILE_TRIM_DISPATCH_KEYS"])
        answers, trimmed_answers = json.loads(run([full])), json.loads(run([trimmed]))
    if (answers["backends"], answers["keys"]) != (names.backends, names.keys):
        raise CannotAsk("the enums in PyTorch's headers have a syntax unknown here")
    return answers, trimmed_answers


def x_macros(lists: Mapping[str, Iterable[str]]) -> str:
    """Return an include file that calls each macro that is defined on each of its names."""
    lines = []
    for macro, names in lists.items():
        lines.append(f"#ifdef {macro}")
        lines.extend(f"{macro}({name})" for name in names)
        lines.extend((f"#undef {macro}", "#endif"))
    return "\n".join(lines) + "\n"


# ---- asking torch._C, in fresh processes


def ask_torch(question: str) -> Any:
    """Return the answer to one of the QUESTIONS, asked in a process of its own."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TORCH", "PYTORCH"))
    }
    # Other packages may have an entry point that registers kernels.
    environment["TORCH_DEVICE_BACKEND_AUTOLOAD"] = "0"
    return json.loads(run([sys.executable, __file__, "--ask", question], environment))


def import_torch() -> Any:
    """Do what ``import torch`` does, and no more."""
    return importlib.import_module("torch")


def answer_setup() -> Any:
    """Answer which PyTorch this is, and where."""
    torch = import_torch()
    accelerators = ("cuda", "hip", "xpu")
    versions = ((name, getattr(torch.version, name, None)) for name in accelerators)
    return {
        "version": torch.__version__,
        "accelerator": ", ".join(
            f"{name} {value}" for name, value in versions if value
        ),
        "root": str(Path(torch.__file__).parent),
        "cxx11_abi": int(torch.compiled_with_cxx11_abi()),
    }


def answer_dispatcher() -> Any:
    """Answer what torch._C has of keys and sets, and the table without any kernel."""
    torch = import_torch()
    library = torch.library.Library("dispatch_codegen_probe", "DEF")
    library.define("no_kernels(Tensor self) -> Tensor")
    table = torch._C._dispatch_dump_table("dispatch_codegen_probe::no_kernels")
    return {
        "pybind_keys": {
            name: int(value) for name, value in torch._C.DispatchKey.__members__.items()
        },
        "python_constants": {
            name: hexadecimal(value)
            for name, value in sorted(vars(torch._C).items())
            if isinstance(value, torch._C.DispatchKeySet)
        },
        "fallbacks": {
            slot: {
                "kernel": kernel,
                "fallthrough": fallthrough,
                "overridable": is_overridable(torch, slot),
            }
            for slot, kernel, _, fallthrough in parse_table(cut_paths(torch, table))
        },
    }


def is_overridable(torch: Any, key: str) -> bool:
    """Return whether a library may register a fallback for a key that has one.

    When it goes away, the key is left without any.
    """
    library = torch.library.Library("_", "IMPL")
    try:
        library.fallback(lambda *_: None, key)
    except RuntimeError as error:
        # Python cannot name every key.
        if re.match(
            "Tried to register multiple|could not parse dispatch key", str(error)
        ):
            return False
        raise
    finally:
        library._destroy()
    return True


def answer_operators() -> Any:
    """Answer what is registered for each operator, and the table computed from it."""
    torch = import_torch()
    names = sorted(torch._C._dispatch_get_all_op_names())
    dumps = [
        (torch._C._dispatch_dump(name), torch._C._dispatch_dump_table(name))
        for name in names
    ]
    operators = []
    for name, (dump, table) in zip(names, dumps, strict=True):
        base, _, overload = name.partition(".")
        tags = torch._C._get_operation_overload(base, overload)[2]
        operators.append(
            {
                **parse_dump(cut_paths(torch, dump)),
                "tags": sorted(tag.name for tag in tags),
                "table": parse_table(cut_paths(torch, table)),
            }
        )
    return operators


def answer_tls() -> Any:
    """Answer what the thread-local sets are inside guards and modes."""
    torch = import_torch()
    seen: dict[str, dict[str, str]] = {}

    def record(name: str) -> None:
        seen[name] = {
            "included": hexadecimal(torch._C._dispatch_tls_local_include_set()),
            "excluded": hexadecimal(torch._C._dispatch_tls_local_exclude_set()),
        }

    record("main thread")
    failures = []
    for name, scenario in tls_scenarios(torch, record):

        def enter(name: str = name, scenario: Scenario = scenario) -> None:
            try:
                scenario(name)
            except Exception as error:
                failures.append(f"{name}: {error!r}")

        # What a scenario leaves behind ends with its thread.
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        if name not in seen:
            failures.append(f"{name}: was not reached")
    if failures:
        raise ValueError("\n".join(failures))
    return seen


def hexadecimal(key_set: Any) -> str:
    """Return the raw representation of a torch._C.DispatchKeySet, as facts have it."""
    return f"{key_set.raw_repr():#018x}"


def cut_paths(torch: Any, text: str) -> str:
    """Cut the installation's path, and the path that PyTorch was built in, from a dump."""
    text = text.replace(f"{Path(torch.__file__).parent}/", "torch/")
    text = re.sub(r"(?<!\S)/\S+?/(?=(?:build/aten|aten/src|torch/csrc|c10)/)", "", text)
    left = re.search(r"(?<!\S)/\S+", text)
    if left is not None:
        raise ValueError(f"a path of this machine in a dump: {left[0]}")
    return text


def parse_dump(text: str) -> dict[str, Any]:
    """Return what ``_dispatch_dump`` printed."""
    line_of_kernel = re.compile(
        r"(\w+)(?:\[alias\])?( \(inactive\))?: (.*) :: (.*) \[ ([\w ]+) \]"
    )
    head: dict[str, str] = {}
    kernels = []
    for line in filter(None, text.split("\n")):
        match = line_of_kernel.fullmatch(line)
        if match is None:
            title, _, value = line.partition(": ")
            head[title] = value
        else:
            key, inactive, kernel, signature, flags = match.groups()
            kernels.append(
                (
                    key,
                    inactive is None,
                    kernel,
                    None if signature == "(none)" else signature,
                    flags,
                )
            )
    parsed = {
        "name": head.pop("name"),
        "schema": head.pop("schema"),
        "debug": head.pop("debug"),
        "alias_analysis": head.pop("alias analysis kind"),
        "kernels": kernels,
    }
    if head:
        raise ValueError(f"an unknown line in a dump: {head}")
    return parsed


def parse_table(text: str) -> list[tuple[str, str, str, bool]]:
    """Return the (slot, kernel, reason, fallthrough) that ``_dispatch_dump_table`` printed."""
    rows = []
    for line in filter(None, text.split("\n")):
        match = re.fullmatch(r"(\w+): (fallthrough )?(.*) \[([^\[\]]*)\]", line)
        if match is None:
            raise ValueError(f"an unknown line in a dispatch table: {line}")
        slot, fallthrough, kernel, reason = match.groups()
        rows.append((slot, kernel, reason, fallthrough is not None))
    return rows


# ---- thread-local sets: each scenario records them under the name it is given

Scenario = Callable[[str], Any]
Enter = Callable[[], Any]


def tls_scenarios(torch: Any, record: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Yield the name of each guard, mode and kernel, and what enters it and records."""
    yield "fresh thread", record
    for name, contexts in tls_contexts(torch).items():
        yield name, inside(contexts, record)
    yield from tls_switches(torch, record)
    yield from tls_transforms(torch, record)
    yield from tls_handlers(torch, record)


def inside(contexts: Sequence[Enter], scenario: Scenario) -> Scenario:
    """Return a scenario in context managers, the first being the outermost."""
    if not contexts:
        return scenario
    inner = inside(contexts[1:], scenario)

    def entered(name: str) -> None:
        with contexts[0]():
            inner(name)

    return entered


def tls_contexts(torch: Any) -> dict[str, tuple[Enter, ...]]:
    """Return the context managers of PyTorch that may change the sets."""
    c = torch._C
    key, key_set = c.DispatchKey, c.DispatchKeySet
    python = importlib.import_module("torch._dispatch.python")
    modes = importlib.import_module("torch.utils._python_dispatch")
    inference, no_inference = torch.inference_mode, lambda: torch.inference_mode(False)
    return {
        "torch._C._AutoDispatchBelowAutograd()": (c._AutoDispatchBelowAutograd,),
        "torch._C._AutoDispatchBelowADInplaceOrView()": (
            c._AutoDispatchBelowADInplaceOrView,
        ),
        "torch._C._ExcludeDispatchKeyGuard(AutogradCPU)": (
            lambda: c._ExcludeDispatchKeyGuard(key_set(key.AutogradCPU)),
        ),
        "torch._C._IncludeDispatchKeyGuard(AutogradCPU)": (
            lambda: c._IncludeDispatchKeyGuard(key.AutogradCPU),
        ),
        "torch._C._IncludeDispatchKeyGuard(Sparse)": (
            lambda: c._IncludeDispatchKeyGuard(key.Sparse),
        ),
        "torch._C._ForceDispatchKeyGuard(include=CUDA, exclude=CPU)": (
            lambda: c._ForceDispatchKeyGuard(key_set(key.CUDA), key_set(key.CPU)),
        ),
        "torch._C._SetExcludeDispatchKeyGuard(Python, True)": (
            lambda: c._SetExcludeDispatchKeyGuard(key.Python, True),
        ),
        "torch._C._SetExcludeDispatchKeyGuard(AutocastCPU, False)": (
            lambda: c._SetExcludeDispatchKeyGuard(key.AutocastCPU, False),
        ),
        "torch._C._DisableTorchDispatch()": (c._DisableTorchDispatch,),
        "torch._C.DisableTorchFunction()": (c.DisableTorchFunction,),
        "torch._C._EnablePythonDispatcher()": (c._EnablePythonDispatcher,),
        "torch._C._DisablePythonDispatcher() in _EnablePythonDispatcher()": (
            c._EnablePythonDispatcher,
            c._DisablePythonDispatcher,
        ),
        "torch._C._EnablePreDispatch()": (c._EnablePreDispatch,),
        "enable_python_dispatcher()": (python.enable_python_dispatcher,),
        "no_python_dispatcher() in enable_python_dispatcher()": (
            python.enable_python_dispatcher,
            python.no_python_dispatcher,
        ),
        "TorchDispatchMode()": (modes.TorchDispatchMode,),
        "torch.no_grad()": (torch.no_grad,),
        "torch.inference_mode()": (inference,),
        "torch.inference_mode(False)": (no_inference,),
        "torch.inference_mode(False) in torch.inference_mode()": (
            inference,
            no_inference,
        ),
        "torch.autocast('cpu')": (lambda: torch.autocast("cpu"),),
        "torch.autocast('cpu', enabled=False) in torch.autocast('cpu')": (
            lambda: torch.autocast("cpu"),
            lambda: torch.autocast("cpu", enabled=False),
        ),
        "torch.autograd.forward_ad.dual_level()": (
            torch.autograd.forward_ad.dual_level,
        ),
    }


def tls_switches(torch: Any, record: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Yield what is turned on, and perhaps off, by functions."""
    c = torch._C

    def switch(*calls: Enter, off: Enter | None = None) -> Scenario:
        def scenario(name: str) -> None:
            for call in calls:
                call()
            record(name)
            if off is not None:
                off()

        return scenario

    def autocast_on(device: str) -> Enter:
        return lambda: torch.set_autocast_enabled(device, True)

    def meta(on: bool) -> Enter:
        return lambda: c._set_meta_in_tls_dispatch_include(on)

    for device in AUTOCAST_DEVICES:
        yield f"torch.set_autocast_enabled({device!r}, True)", switch(
            autocast_on(device)
        )
    yield "torch._enable_functionalization()", switch(
        lambda: torch._enable_functionalization(reapply_views=False),
        off=torch._disable_functionalization,
    )
    yield "torch._C._vmapmode_increment_nesting()", switch(
        c._vmapmode_increment_nesting, off=c._vmapmode_decrement_nesting
    )
    yield "torch._C._functorch.tls_set_vmap_excluded(True)", switch(
        lambda: c._functorch.tls_set_vmap_excluded(True)
    )
    yield "torch._C._set_meta_in_tls_dispatch_include(True)", switch(meta(True))
    yield "torch._C._set_meta_in_tls_dispatch_include(True), (False)", switch(
        meta(True), meta(False)
    )


def tls_transforms(torch: Any, record: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Yield what runs a function in a state of its own."""
    make_fx = importlib.import_module("torch.fx.experimental.proxy_tensor").make_fx
    functions = torch.func
    ones = torch.ones(2)
    transforms: dict[str, Callable[[Callable[[Any], Any]], Any]] = {
        "torch.func.grad": lambda body: functions.grad(body)(ones),
        "torch.func.vmap": lambda body: functions.vmap(body)(ones),
        "torch.func.functionalize": lambda body: functions.functionalize(body)(ones),
        "torch.func.jvp": lambda body: functions.jvp(body, (ones,), (ones,)),
        "torch.func.grad in torch.func.vmap": lambda body: functions.vmap(
            functions.grad(body)
        )(torch.ones(2, 2)),
        "torch.jit.trace": lambda body: torch.jit.trace(
            body, (ones,), check_trace=False
        ),
        "make_fx": lambda body: make_fx(body)(ones),
        "make_fx(pre_dispatch=True)": lambda body: make_fx(body, pre_dispatch=True)(
            ones
        ),
    }

    def run_in(transform: Callable[[Callable[[Any], Any]], Any]) -> Scenario:
        def scenario(name: str) -> None:
            def body(tensor: Any) -> Any:
                record(name)
                return tensor.sum()

            transform(body)

        return scenario

    for name, transform in transforms.items():
        yield name, run_in(transform)


def tls_handlers(torch: Any, record: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Yield what PyTorch calls back while it dispatches."""
    c = torch._C
    modes = importlib.import_module("torch.utils._python_dispatch")
    ones = torch.ones(2)

    class Mode(modes.TorchDispatchMode):  # type: ignore[misc, name-defined]
        """Records when it is dispatched to."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            record(self.name)
            return func(*args, **(kwargs or {}))

    class Subclass(torch.Tensor):  # type: ignore[misc]
        """Calls what it has in ``on_dispatch`` when it is dispatched to."""

        on_dispatch: Enter

        @classmethod
        def __torch_dispatch__(
            cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            args[0].on_dispatch()
            return torch.ones(1)

    def mode(name: str) -> None:
        with Mode(name):
            torch.ones(1)

    def subclass(name: str) -> None:
        tensor = torch.Tensor._make_wrapper_subclass(Subclass, (1,))
        tensor.on_dispatch = lambda: record(name)
        tensor.add(1)

    def restored(name: str) -> None:
        def on_dispatch() -> None:
            with c._RestorePythonTLSSnapshot():
                record(name)

        tensor = torch.Tensor._make_wrapper_subclass(Subclass, (1,))
        tensor.on_dispatch = on_dispatch
        tensor.add(1)

    library = torch.library.Library("dispatch_codegen_probe", "DEF")
    library.define("observe(Tensor self, str name) -> Tensor")

    def kernel_of_cpu(tensor: Any, name: str) -> Any:
        record(name)
        return tensor.clone()

    library.impl("observe", kernel_of_cpu, "CPU")
    observe = torch.ops.dispatch_codegen_probe.observe

    def kernel(name: str) -> None:
        observe(ones, name)

    handlers: dict[str, Scenario] = {
        "__torch_dispatch__ of a mode": mode,
        "__torch_dispatch__ of a subclass": subclass,
        "_RestorePythonTLSSnapshot() in __torch_dispatch__": restored,
        "a CPU kernel": kernel,
    }
    for name, handler in handlers.items():
        yield name, handler
        yield f"{name} in torch.inference_mode()", inside(
            [torch.inference_mode], handler
        )
    yield "a CPU kernel in torch.func.grad", lambda name: torch.func.grad(
        lambda tensor: observe(tensor, name).sum()
    )(ones)


def answer_name_lists() -> Any:
    """Answer the lists of keys and backends that PyTorch keeps in Python by hand.

    The enum of pybind is ``pybind_keys``, the string parser ``parse_dispatch_key``.
    """
    torch = import_torch()
    torchgen = importlib.import_module("torchgen.model")
    stubs = Path(torch.__file__).parent / "_C" / "__init__.pyi"
    enum = next(
        node
        for node in ast.parse(stubs.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name == "DispatchKey"
    )
    operators = importlib.import_module("torch._ops")
    fallthrough = operators._HIGHER_ORDER_OP_DEFAULT_FALLTHROUGH_DISPATCH_KEYS
    return {
        "type_stubs": [
            target.id
            for node in enum.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        ],
        "torchgen": list(torchgen.DispatchKey.__members__),
        "torchgen_backends": list(torchgen.BACKEND_COMPONENTS),
        "higher_order_fallthrough": [key.name for key in fallthrough],
    }


QUESTIONS: dict[str, Callable[[], Any]] = {
    "setup": answer_setup,
    "dispatcher": answer_dispatcher,
    "operators": answer_operators,
    "tls": answer_tls,
    "name_lists": answer_name_lists,
}


# ---- the files


def dispatcher_text(torch: Torch) -> str:
    """Return the text of dispatcher.json."""
    probe, trimmed = ask_probe(torch)
    keys = first_names(probe["keys"])
    backends = first_names(probe["backends"])
    functionality = keys[: probe["num_functionality_keys"]]
    aliases = [
        key
        for key, yes in zip(keys, probe["is_alias_dispatch_key"], strict=True)
        if yes
    ]
    name_answer: dict[str, Callable[[Any], Any]] = {
        "plain": lambda answer: answer,
        "key": lambda answer: keys[answer],
        "backend": lambda answer: backends[answer],
    }

    def answers_by(names: Sequence[str], section: str, kind: str) -> dict[str, Any]:
        return dict(zip(names, map(name_answer[kind], probe[section]), strict=True))

    def rows_by(names: Sequence[str], section: str) -> dict[str, list[str]]:
        return {
            name: [keys[value] for value in row]
            for name, row in zip(names, probe[section], strict=True)
        }

    def relation(section: str, rows: Iterable[str]) -> dict[str, list[str]]:
        throws = rows_by(keys, f"{section}_throws")
        if any(throws[row] for row in rows):
            raise CannotAsk(f"{section} throws where it did not")
        related = rows_by(keys, section)
        return {row: related[row] for row in rows}

    sections = {
        "torch": TORCH_VERSION,
        **{section: probe[section] for section in AS_ANSWERED},
        **{name: answers_by(backends, name, kind) for name, kind in BY_BACKEND.items()},
        **{name: answers_by(keys, name, kind) for name, kind in BY_KEY.items()},
        "parse_dispatch_key": {
            name: None if value is None else keys[value]
            for name, value in probe["parse_dispatch_key"].items()
        },
        "offsets_and_masks": answers_by(functionality, "offsets_and_masks", "plain"),
        "is_included_in_alias": relation("is_included_in_alias", aliases),
        "runtime_dispatch_key_set_has": relation(
            "runtime_dispatch_key_set_has", keys[1:]
        ),
        "to_runtime_per_backend_functionality_key": rows_by(
            functionality, "to_runtime_per_backend_functionality_key"
        ),
        "trimmed_num_runtime_entries": trimmed["num_runtime_entries"],
        "trimmed_table_index": dict(zip(keys, trimmed["table_index"], strict=True)),
        **ask_torch("dispatcher"),
        "tls": ask_torch("tls"),
        "name_lists": ask_torch("name_lists"),
    }
    return render_sections({name: sections.pop(name) for name in SECTIONS})


def render_sections(sections: Mapping[str, Any]) -> str:
    """Return JSON with one fact on each line."""
    texts = []
    for name, section in sections.items():
        if isinstance(section, dict):
            facts = ",\n".join(
                f"    {json.dumps(key)}: {json.dumps(value)}"
                for key, value in section.items()
            )
            texts.append(f"  {json.dumps(name)}: {{\n{facts}\n  }}")
        else:
            texts.append(f"  {json.dumps(name)}: {json.dumps(section)}")
    return "{\n" + ",\n".join(texts) + "\n}\n"


class Numbering:
    """Numbers distinct values in the order in which they are first seen."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __getitem__(self, value: Any) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def values(self) -> list[Any]:
        """Return the values, in the order of their numbers."""
        return list(self._numbers)


def operators_text(slots: Sequence[str]) -> str:
    """Return the text of operators.json, which facts.parse_operators reads."""
    strings, signatures, flags = Numbering(), Numbering(), Numbering()
    patterns, cells = Numbering(), Numbering()
    operators = []
    for operator in ask_torch("operators"):
        local = Numbering()
        pattern = dict.fromkeys(slots, -1)
        for slot, kernel, reason, fallthrough in operator["table"]:
            if slot not in pattern:
                raise CannotAsk(f"{operator['name']} has an unknown slot: {slot}")
            pattern[slot] = local[cells[strings[kernel], reason, int(fallthrough)]]
        operators.append(
            {
                "name": operator["name"],
                "schema": operator["schema"],
                "debug": strings[operator["debug"]],
                "alias_analysis": operator["alias_analysis"],
                "tags": operator["tags"],
                "kernels": [
                    [
                        key,
                        int(active),
                        strings[kernel],
                        signatures[signature],
                        flags[words],
                    ]
                    for key, active, kernel, signature, words in operator["kernels"]
                ],
                "table": [patterns[tuple(pattern.values())], local.values()],
            }
        )
    lists = {
        "slots": slots,
        "strings": strings.values(),
        "signatures": signatures.values(),
        "flags": flags.values(),
        "cells": cells.values(),
        "patterns": patterns.values(),
        "operators": operators,
    }
    compact = json.JSONEncoder(separators=(",", ":")).encode
    sections = (
        f"{compact(name)}:[\n" + ",\n".join(map(compact, items)) + "\n]"
        for name, items in lists.items()
    )
    return f'{{"torch":{compact(TORCH_VERSION)},\n' + ",\n".join(sections) + "}\n"


def extract() -> dict[str, str]:
    """Return the text of each facts file by its name, before any packing."""
    torch = find_torch()
    dispatcher = dispatcher_text(torch)
    slots = parse_dispatcher(dispatcher).slot_names
    return {
        "dispatcher.json": dispatcher,
        "operators.json.xz": operators_text(slots),
    }


def read(path: Path) -> str | None:
    """Return the text of a facts file, unpacked; None if it is missing or damaged."""
    try:
        data = path.read_bytes()
        return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    except (FileNotFoundError, lzma.LZMAError, UnicodeDecodeError):
        return None


def write(path: Path, text: str) -> None:
    """Write a facts file, packed if it is called so.

    One whose text is right keeps its bytes: another liblzma may pack it in other ones.
    """
    if read(path) == text:
        return
    data = text.encode("utf-8")
    if path.suffix == ".xz":
        data = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


# ---- comparing


def differences(committed: Any, extracted: Any, place: str) -> Iterator[str]:
    """Yield a line for each place where two nested values differ."""
    if isinstance(committed, dict) and isinstance(extracted, dict):
        for name in dict.fromkeys((*committed, *extracted)):
            inner = f"{place}: {name}"
            if name not in extracted:
                yield f"{inner}: only committed"
            elif name not in committed:
                yield f"{inner}: only extracted"
            else:
                yield from differences(committed[name], extracted[name], inner)
        if committed.keys() == extracted.keys() and list(committed) != list(extracted):
            yield f"{place}: in another order"
    elif (
        isinstance(committed, list)
        and isinstance(extracted, list)
        and len(committed) == len(extracted)
    ):
        for index, pair in enumerate(zip(committed, extracted, strict=True)):
            yield from differences(*pair, f"{place}[{index}]")
    elif committed != extracted:
        yield f"{place}: committed {committed!r}, extracted {extracted!r}"


def comparable(path: Path, text: str) -> dict[str, Any]:
    """Return a facts file as nested dictionaries with readable names."""
    if path.suffix == ".xz":
        return {facts.name: operator_fields(facts) for facts in parse_operators(text)}
    sections: dict[str, Any] = json.loads(text)
    return sections


def operator_fields(operator: OperatorFacts) -> dict[str, Any]:
    """Return an operator's fields, its kernels numbered within each key."""
    kernels: dict[str, Any] = {}
    for kernel in operator.kernels:
        number = sum(name.startswith(f"{kernel.key} ") for name in kernels)
        kernels[f"{kernel.key} {number}"] = kernel._asdict()
    return {
        "schema": operator.schema,
        "debug": operator.debug,
        "alias_analysis": operator.alias_analysis,
        "tags": operator.tags,
        "kernels": kernels,
        "table": {slot: cell._asdict() for slot, cell in operator.table.items()},
    }


def report_differences(path: Path, text: str) -> bool:
    """Print where a facts file differs from what is right; say whether it does."""
    committed = read(path)
    if committed == text:
        return False
    try:
        if committed is None:
            raise ValueError
        found = comparable(path, committed)
    except (ValueError, LookupError, TypeError):
        print(f"{path.name}: missing or damaged")
        return True
    lines = list(
        islice(
            differences(found, comparable(path, text), path.name), MOST_DIFFERENCES + 1
        )
    )
    if len(lines) > MOST_DIFFERENCES:
        lines[MOST_DIFFERENCES:] = [f"{path.name}: and more"]
    print("\n".join(lines or [f"{path.name}: the same facts in another layout"]))
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Ask PyTorch 2.13.0 for the facts that the parity tests compare with."
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 if the files differ from what PyTorch says now",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=FACTS,
        metavar="DIR",
        help="the directory of the files (default: facts/ beside this script)",
    )
    parser.add_argument("--ask", choices=QUESTIONS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.ask:
        return answer(options.ask)
    try:
        texts = extract()
        if not options.check:
            for name, text in texts.items():
                write(options.output / name, text)
            return 0
        # A list, not a generator: every file is reported.
        differ = [
            report_differences(options.output / name, texts[name]) for name in texts
        ]
        return int(any(differ))
    except (CannotAsk, OSError) as error:
        print(f"{Path(__file__).name}: {error}", file=sys.stderr)
        return 2


def answer(question: str) -> int:
    """Print the answer to one of the QUESTIONS; return the exit code."""
    try:
        print(json.dumps(QUESTIONS[question]()))
        return 0
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
