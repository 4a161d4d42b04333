"""Rules for extensions of stock PyTorch, only for a run that generates one.

PyTorch's keys are fixed, and so is what can be registered from outside of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen import cpp_operator_names, names
from codegen.aten_types import AtenTypes, NoAtenTypeError
from codegen.diagnostics import Collector, did_you_mean
from codegen.extension import Extension, extension_of
from codegen.model import Model, Operator
from codegen.model_torch import TorchOptions
from codegen.precomputed import PrecomputedError, parse_precomputed
from codegen.runtime.python.registration import FALLTHROUGH, is_symbol
from codegen.runtime.python.schema import parse_schema
from codegen.source import Span

_IN_CPP: Final = "generate the extension in C++, which can: `--target libtorch`"

# What stands beside the package in a generated project.
_FOLDERS: Final = frozenset({"build", "csrc", "dist", "setup"})

# What generated C++ refers to, and a namespace or struct of the author's would hide.
_NAMESPACES: Final = frozenset({"at", "c10", "dispatch_codegen", "std", "torch"})
_CLASSES: Final = frozenset({"Extension"})
# The members of a structured kernel, whose struct cannot be called so.
_MEMBERS: Final = frozenset({"impl", "meta"})
# The function that keyset constants are made by.
_MAKES_KEYSETS: Final = "keySet"

# Policies that need what `torch.library` does not give.
_ONLY_CPP: Final = {
    "python": "PyTorch fails before it calls a Python function where modes are active",
}


def check_libtorch(model: Model) -> TorchOptions:
    """The extension.

    Raises:
        DeclarationError: DG109 to DG111 and DG114, all of them.
    """
    collector = Collector()
    torch = _extended(model, collector)
    extension = extension_of(model, torch)
    _only_known_keys(torch, collector)
    _only_host(model, torch, extension, collector)
    _cpp_names(torch, extension, collector)
    _keyset_names(model, extension, collector)
    _no_hidden_names(torch, extension, collector)
    _aten_types(model, extension, collector)
    _structured(model, torch, extension, collector)
    _one_name_each(extension, collector)
    _no_python_variants(extension, collector)
    _only_known_tags(torch, extension, collector)
    _derived_in_python(torch, collector)
    collector.raise_if_any()
    return torch


def check_torch_library(model: Model) -> TorchOptions:
    """The extension.

    Raises:
        DeclarationError: DG110 to DG114, all of them.
    """
    collector = Collector()
    torch = _extended(model, collector)
    extension = extension_of(model, torch)
    _only_known_keys(torch, collector)
    _only_host(model, torch, extension, collector)
    _only_parsed_keys(torch, extension, collector)
    _only_python(torch, extension, collector)
    _only_known_tags(torch, extension, collector)
    _derived_in_python(torch, collector)
    collector.raise_if_any()
    return torch


def _extended(model: Model, collector: Collector) -> TorchOptions:
    if model.torch is None:
        collector.error(
            "DG110",
            f"`{model.name}` is no dispatcher of PyTorch's, so PyTorch cannot be given "
            "its keys",
            model.span,
            help="extend PyTorch's: `extends: pytorch`",
        )
        collector.raise_if_any()
    assert model.torch is not None
    return model.torch


def _only_known_keys(torch: TorchOptions, collector: Collector) -> None:
    for name, span in torch.foreign.items():
        collector.error(
            "DG111",
            f"PyTorch {torch.version} has no `{name}`, and its keys cannot be added to",
            span,
            help="use a backend that it keeps free for others",
        )


def _only_host(
    model: Model, torch: TorchOptions, extension: Extension, collector: Collector
) -> None:
    for fallback in extension.fallbacks:
        backend = fallback.spec.backend
        if backend is not None and backend != torch.host:
            collector.error(
                "DG114",
                f"PyTorch has no fallback from `{fallback.spec.key}` to `{backend}`",
                fallback.span,
                help=(
                    f"`backend: {torch.host}` is the one that it has"
                    if torch.host
                    else "PyTorch's declarations name no `host`"
                ),
            )


def _cpp_names(torch: TorchOptions, extension: Extension, collector: Collector) -> None:
    """DG109: what would be an identifier of C++."""
    namespaces = [torch.namespace, torch.kernels_namespace or ""]
    for part in (torch.package, *(p for n in namespaces for p in n.split("::"))):
        problem = names.cpp_problem(part)
        if part in torch.reserved_packages:
            problem = "is a name of PyTorch's own"
        if problem is not None:
            collector.error(
                "DG109", f"`{part}` {problem}", torch.span, help="choose another name"
            )
    if torch.package in _FOLDERS:
        collector.error(
            "DG208",
            f"the generated project has a `{torch.package}` of its own",
            torch.span,
            help="give the `package` another name",
        )
    kernels = ((n, s) for n, s in _kernel_names(extension) if not is_symbol(n))
    for name, span in (*kernels, *_device_functions(torch)):
        if name != FALLTHROUGH and not cpp_operator_names.is_function(
            name, frozenset()
        ):
            collector.error(
                "DG109",
                f"`{name}` cannot be the name of a C++ function",
                span,
                help="name a function with its namespace: `acme::add`",
            )


def _keyset_names(model: Model, extension: Extension, collector: Collector) -> None:
    """DG109 and DG208: what would be a constant of C++."""
    used: set[str | None] = set()
    for fallback in extension.fallbacks:
        for spec in (fallback.spec, *fallback.variants.values()):
            used |= {spec.redispatch_to, spec.exclude}
    for keyset in model.keysets.values():
        if keyset.name not in used:
            continue
        problem = names.cpp_problem(keyset.name)
        if problem is not None:
            collector.error(
                "DG109",
                f"`{keyset.name}` {problem}",
                keyset.span,
                help="choose another name; generated C++ could not hold this one",
            )
        elif keyset.name == _MAKES_KEYSETS:
            _own_name("the generated project", keyset.name, keyset.span, collector)


def _no_hidden_names(
    torch: TorchOptions, extension: Extension, collector: Collector
) -> None:
    """DG208: what would hide a name that generated C++ refers to."""
    project = "the generated project"
    for part in dict.fromkeys(
        part
        for name in (torch.package, torch.namespace, torch.kernels_namespace or "")
        for part in name.split("::")
    ):
        is_reported = part in torch.reserved_packages
        if part in _NAMESPACES | _CLASSES and not is_reported:
            _own_name(project, part, torch.span, collector)
    structs = {kernel.kernel for kernel in extension.kernels if kernel.is_structured}
    for name, span in dict.fromkeys(
        (*_kernel_names(extension), *_device_functions(torch))
    ):
        if is_symbol(name):
            continue
        *scope, own = name.split("::")
        # The outermost namespace hides nothing; nor does a function.
        hiding = scope if torch.kernels_namespace else scope[1:]
        hiding += [own] if name in structs else []
        for part in hiding:
            if part in _NAMESPACES:
                _own_name(project, part, span, collector)
        if name in structs and own in _MEMBERS:
            _own_name("a structured kernel", own, span, collector)


def _own_name(where: str, name: str, span: Span, collector: Collector) -> None:
    collector.error(
        "DG208",
        f"{where} has a `{name}` of its own",
        span,
        help="choose another name",
    )


def _kernel_names(extension: Extension) -> Iterator[tuple[str, Span]]:
    for fallback in extension.fallbacks:
        for spec in (fallback.spec, *fallback.variants.values()):
            if spec.policy == "kernel":
                yield spec.kernel, fallback.kernel_span
    for kernel in extension.kernels:
        # What they are called follows from names that are checked where they stand.
        if kernel.of_file is None:
            yield kernel.kernel, kernel.span


def _device_functions(torch: TorchOptions) -> Iterator[tuple[str, Span]]:
    device = torch.device
    if device is not None:
        for name in (device.allocator, device.guard, device.hooks):
            if name is not None:
                yield name, device.span


def _aten_types(model: Model, extension: Extension, collector: Collector) -> None:
    """DG114: what PyTorch's C++ has no type for."""
    seen: set[str] = set()
    for kernel in extension.kernels:
        operator = kernel.operator
        if operator.name in seen or is_symbol(kernel.kernel):
            continue
        seen.add(operator.name)
        types = AtenTypes(symint=False)
        for problem in types.problems(parse_schema(operator.schema)):
            _no_type(operator, kernel.span, problem, collector)


def _no_type(
    operator: Operator, span: Span, problem: NoAtenTypeError, collector: Collector
) -> None:
    collector.error(
        "DG114",
        f"no C++ kernel can be registered for `{operator.name}`: {problem}".replace(
            '"', "`"
        ),
        span,
        related=[("the operator is declared here", operator.span)],
        help="name a Python function: `module:function`",
    )


def _structured(
    model: Model, torch: TorchOptions, extension: Extension, collector: Collector
) -> None:
    """DG114: structured kernels that have nothing of PyTorch's to be made of."""
    for operator in extension.definitions:
        if operator.structured is not None:
            collector.error(
                "DG114",
                f"`{operator.name}` is not PyTorch's, so PyTorch has nothing to derive "
                "its structured kernels from",
                operator.span,
                help="declare a kernel for each variant, without `structured`",
            )
    groups: set[str] = set()
    for kernel in extension.kernels:
        structured = kernel.operator.structured
        if not kernel.is_structured or structured is None or structured.out in groups:
            continue
        if is_symbol(kernel.kernel):
            collector.error(
                "DG114",
                f"the structured kernel `{kernel.kernel}` of `{structured.out}` would have "
                "to be C++: it computes for operators with different arguments",
                kernel.span,
                help="name a C++ struct, or take the key out of "
                "`operator_rules.structured.keys`",
            )
        groups.add(structured.out)
        out = model.out_variant(structured)
        if out in extension.definitions:
            continue
        if structured.functional is None:
            collector.error(
                "DG114",
                f"no functional variant of `{out.name}` is declared, whose name PyTorch's "
                "structured kernels have",
                kernel.span,
                related=[("it is declared here", out.span)],
                help="declare it, with `structured_delegate: "
                f"{out.name.partition('::')[2]}`",
            )
        try:
            parse_precomputed(structured.precomputed, parse_schema(out.schema))
        except PrecomputedError as error:
            entry = structured.precomputed[error.entry]
            collector.error(
                "DG114",
                f"`precomputed` cannot be read: {error}".replace('"', "`"),
                entry.part(error.position, error.width),
                help="write `argument -> type name, type name`, as PyTorch's file has it",
            )


def _only_parsed_keys(
    torch: TorchOptions, extension: Extension, collector: Collector
) -> None:
    used = [(fallback.spec.key, fallback.span) for fallback in extension.fallbacks]
    used += [(kernel.key, kernel.span) for kernel in extension.kernels]
    for key, span in dict.fromkeys(used):
        if key not in torch.parsed_keys:
            collector.error(
                "DG112",
                f"`torch.library` of PyTorch {torch.version} cannot name the key `{key}`",
                span,
                help=_IN_CPP,
            )


def _only_python(
    torch: TorchOptions, extension: Extension, collector: Collector
) -> None:
    def report(what: str, span: Span, why: str) -> None:
        collector.error("DG113", f"{what} needs C++: {why}", span, help=_IN_CPP)

    if torch.device is not None:
        why = "its memory and guards are C++ objects"
        report(f"the device `{torch.device.name}`", torch.device.span, why)
    for fallback in extension.fallbacks:
        spec = fallback.spec
        if spec.policy in _ONLY_CPP:
            what = f"the policy `{spec.policy}` of `{spec.key}`"
            report(what, fallback.span, _ONLY_CPP[spec.policy])
    files = dict.fromkeys(k.of_file[0] for k in extension.kernels if k.of_file)
    if torch.kernels_module is None:
        for file in files:
            collector.error(
                "DG113",
                f"the kernels of `{file.scope}` need C++: they are methods of a class",
                file.span,
                help=f"{_IN_CPP}; or name the Python module that has functions of their "
                "names: `torch: {kernels: {module: ...}}`",
            )
    for name, span in dict.fromkeys(_kernel_names(extension)):
        if name != FALLTHROUGH and not is_symbol(name):
            report(f"the kernel `{name}`", span, "it is no Python `module:function`")


def _one_name_each(extension: Extension, collector: Collector) -> None:
    """DG208: a C++ name for two things that cannot share it."""
    first: dict[str, tuple[str, Span]] = {}

    def use(name: str, meaning: str, span: Span) -> None:
        other, place = first.setdefault(name, (meaning, span))
        if other == meaning or place == span:
            return
        collector.error(
            "DG208",
            f"`{name}` would be both {other} and {meaning}",
            span,
            related=[("it is the other here", place)],
            help="give one of them another name",
        )

    # Functions of one name may differ in what they take, and then in what they return.
    returned: dict[tuple[str, tuple[str, ...]], tuple[str, Span]] = {}
    for kernel in extension.kernels:
        operator, structured = kernel.operator, kernel.operator.structured
        if is_symbol(kernel.kernel) or kernel.kernel == FALLTHROUGH:
            continue
        if kernel.is_structured and structured is not None:
            meaning = f"the structured kernel of `{structured.out}`"
            use(kernel.kernel, meaning, kernel.span)
            continue
        use(kernel.kernel, "a function", kernel.span)
        types = AtenTypes(symint=False, const_written=operator.const_written)
        schema = parse_schema(operator.schema)
        if any(True for _ in types.problems(schema)):
            continue
        key = kernel.kernel, types.parameters(schema)
        other, place = returned.setdefault(key, (types.returned(schema), kernel.span))
        if other != types.returned(schema):
            collector.error(
                "DG208",
                f"two functions `{kernel.kernel}` would differ in what they return only",
                kernel.span,
                related=[("the other one is here", place)],
                help="give one of them another name",
            )
    for fallback in extension.fallbacks:
        for spec in (fallback.spec, *fallback.variants.values()):
            if spec.policy == "kernel" and not is_symbol(spec.kernel):
                use(spec.kernel, "a function", fallback.kernel_span)


def _no_python_variants(extension: Extension, collector: Collector) -> None:
    """DG114: build variants are those of C++."""
    for fallback in extension.fallbacks:
        specs = (fallback.spec, *fallback.variants.values())
        symbols = [spec.kernel for spec in specs if is_symbol(spec.kernel)]
        if symbols and fallback.variants:
            collector.error(
                "DG114",
                f"the fallback `{symbols[0]}` of `{fallback.spec.key}` is in Python, which "
                "knows no build variants",
                fallback.span,
                help="leave out `variants`, or name a C++ function",
            )


def _only_known_tags(
    torch: TorchOptions, extension: Extension, collector: Collector
) -> None:
    for operator in extension.definitions:
        for tag in operator.tags:
            if tag not in torch.tags:
                collector.error(
                    "DG114",
                    f"PyTorch {torch.version} has no tag `{tag}` for `{operator.name}`",
                    operator.span,
                    help=did_you_mean(tag, torch.tags)
                    or f"known: {', '.join(torch.tags) or 'none'}",
                )


def _derived_in_python(torch: TorchOptions, collector: Collector) -> None:
    """DG114: what `torch.library` takes for an operator is a Python function."""
    functions = [*torch.fake.values()]
    for formula, span in torch.autograd.values():
        functions += [(n, span) for n in (formula.backward, formula.setup_context) if n]
    for name, span in functions:
        if not is_symbol(name):
            collector.error(
                "DG114",
                f"`{name}` is no Python function",
                span,
                help="write it as `module:function`",
            )
