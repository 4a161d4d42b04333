"""What is derived from PyTorch's own YAML: torchgen's functions, and those of the wheel.

`torchgen.gen.parse_native_yaml` says which functions torchgen makes of its YAML, and what
of each; the dispatcher of the wheel says what was registered.
"""

from __future__ import annotations

import importlib
import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest

from codegen.diagnostics import Collector
from codegen.layers import load_layers
from codegen.torchgen.function import Function
from codegen.torchgen.variants import VariantRules, derived_variants, read_functions
from tests.torch.building import need_torch

pytestmark = pytest.mark.torch

ENTRIES: Final = 2584
FUNCTIONS: Final = 3101

# Names in `autogen` for which torchgen derives nothing and says nothing: the functions
# have no kernels but one that calls other operators.
IN_VAIN: Final = frozenset(
    {
        "_upsample_bicubic2d_aa.vec_out",
        "_upsample_bilinear2d_aa.vec_out",
        "_upsample_lanczos2d_aa.vec_out",
        "_upsample_nearest_exact1d.vec_out",
        "_upsample_nearest_exact2d.vec_out",
        "_upsample_nearest_exact3d.vec_out",
        "prelu.out",
        "scaled_dot_product_attention.out",
        "upsample_bicubic2d.vec_out",
        "upsample_linear1d.vec_out",
        "upsample_nearest1d.vec_out",
        "upsample_nearest3d.vec_out",
        "upsample_trilinear3d.vec_out",
    }
)


def rules_of_torchgen() -> VariantRules:
    """What the rules say by name, with torchgen's own lists."""
    lists = importlib.import_module("torchgen.native_function_generation")
    return VariantRules(
        key="CompositeExplicitAutograd",
        unless="CompositeImplicitAutograd",
        despite="core",
        tags=("generated", "pt2_compliant_tag"),
        out_tags=("out",),
        inherited_tags=("nondeterministic_seeded", "view_copy"),
        view_tag="inplace_view",
        no_views=frozenset({"resize_", "resize_as_", "set_"}),
        unpaired=frozenset(
            [
                *lists.OUT_OPS_THAT_DONT_GET_GROUPED_PROPERLY,
                *lists.INPLACE_OPS_THAT_DONT_GET_GROUPED_PROPERLY,
            ]
        ),
        without_out=frozenset(
            [
                *lists.MUTABLE_OPS_THAT_CANNOT_GET_AN_OUT_VARIANT,
                *lists.FUNCTIONAL_OPS_THAT_CANNOT_GET_AN_OUT_VARIANT,
            ]
        ),
        in_vain=IN_VAIN,
        options=(
            ("ScalarType", "dtype"),
            ("Layout", "layout"),
            ("Device", "device"),
            ("bool", "pin_memory"),
        ),
        grouped_as=MappingProxyType(
            {"bernoulli.p": MappingProxyType({"float p": "float p=0.5"})}
        ),
    )


@dataclass(frozen=True)
class Yaml:
    """PyTorch's YAML, as it is read here and by torchgen."""

    path: Path
    entries: Sequence[Function]
    derived: Sequence[Function]
    torchgen: Any

    @property
    def all(self) -> list[Function]:
        return [*self.entries, *self.derived]


@pytest.fixture(scope="module")
def torchgen() -> Any:
    need_torch()
    return importlib.import_module("torchgen.gen")


@pytest.fixture(scope="module")
def yaml(torchgen: Any) -> Yaml:
    folder = Path(torchgen.__file__).parent / "packaged" / "ATen" / "native"
    path = folder / "native_functions.yaml"
    collector = Collector()
    entries = read(path, collector)
    derived = derived_variants(entries, rules_of_torchgen(), collector)
    # No mistake but the known ones.
    collector.raise_if_any()
    answer = torchgen.parse_native_yaml(str(path), str(folder / "tags.yaml"))
    return Yaml(path, entries, derived, answer)


def read(path: Path, collector: Collector) -> list[Function]:
    (layer,) = load_layers([path])
    operators = [operator for d in layer.documents for operator in d.operators]
    return read_functions([(o, "aten") for o in operators], collector)


def test_numbers(yaml: Yaml) -> None:
    assert len(yaml.entries) == ENTRIES
    assert len(yaml.all) == FUNCTIONS == len(yaml.torchgen.native_functions)
    assert len({function.name for function in yaml.all}) == FUNCTIONS


def test_schemas_and_their_order(yaml: Yaml) -> None:
    theirs = [str(function.func) for function in yaml.torchgen.native_functions]
    assert [function.text for function in yaml.all] == theirs


def kernels_of(answer: Any, name: Any) -> dict[str, str]:
    return {
        str(key): index.index[name].kernel
        for key, index in answer.backend_indices.items()
        if name in index.index
    }


def test_kernels_and_tags_of_derived(yaml: Yaml) -> None:
    theirs = yaml.torchgen.native_functions[ENTRIES:]
    assert [
        (function.name, dict(function.kernels), sorted(function.tags))
        for function in yaml.derived
    ] == [
        (
            f"{function.namespace}::{function.func.name}",
            kernels_of(yaml.torchgen, function.func.name),
            sorted(function.tags),
        )
        for function in theirs
    ]


def test_own_kernels(yaml: Yaml) -> None:
    """Of all entries: what `dispatch` says, by one key each."""
    compared = 0
    ours = {f.name.partition("::")[2]: f for f in yaml.entries}
    for function in yaml.torchgen.native_functions[:ENTRIES]:
        entry = ours[str(function.func.name)]
        if entry.declaration.dispatch is None:
            assert not entry.kernels
            continue
        theirs = kernels_of(yaml.torchgen, function.func.name)
        own = {key: kernel.rpartition("::")[2] for key, kernel in entry.kernels.items()}
        # What follows from an inner loop of elementwise kernels is not in `dispatch`.
        if entry.declaration.ufunc_inner_loop is None:
            assert own == theirs, entry.name
        else:
            assert own.items() <= theirs.items(), entry.name
        compared += 1
    assert compared > 1500


def registered_schemas() -> Mapping[str, str]:
    """All that is registered with the wheel's dispatcher, by name."""
    torch = importlib.import_module("torch")
    found = {}
    for schema in torch._C._jit_get_all_schemas():
        name = f"{schema.name}.{schema.overload_name}".removesuffix(".")
        found[name] = str(schema)
    return found


def test_registered_schemas(yaml: Yaml) -> None:
    """Every function is registered, with exactly this schema; none is left out."""
    registered = registered_schemas()
    compared = 0
    for function in yaml.all:
        namespace, _, _ = function.name.partition("::")
        assert registered[function.name] == f"{namespace}::{function.schema}"
        compared += 1
    assert compared == FUNCTIONS


def test_dumped_schemas(yaml: Yaml) -> None:
    """The dispatcher itself says the same."""
    torch = importlib.import_module("torch")
    for function in yaml.all:
        dump = torch._C._dispatch_dump(function.name)
        line = re.search(r"^schema: (.*)$", dump, re.MULTILINE)
        assert line is not None, function.name
        assert line[1] == f"aten::{function.schema}"


@pytest.mark.parametrize(
    "field", sorted({"key", *VariantRules._field_defaults} - {"view_tag"})
)
def test_every_rule_is_needed(yaml: Yaml, field: str) -> None:
    """Without any of them something else is derived, or a mistake is found.

    But `unless` and `view_tag`: no entry needs them yet; torchgen has them.
    """
    rules = rules_of_torchgen()
    changed = {**VariantRules._field_defaults, "key": ""}[field]
    if field == "unless_default":
        changed = False
    collector = Collector()
    derived = derived_variants(
        yaml.entries, rules._replace(**{field: changed}), collector
    )
    assert collector.found() or derived != yaml.derived


def test_places(yaml: Yaml) -> None:
    """The place of each derived one is its name in `autogen`."""
    for function in yaml.derived:
        line = function.span.source_line
        assert line is not None
        name = line[function.span.column - 1 :][: function.span.width]
        assert line.lstrip().startswith("autogen:")
        assert f"aten::{name}" == function.name


@pytest.mark.parametrize("seed", range(6))
def test_changed_lines(yaml: Yaml, torchgen: Any, tmp_path: Path, seed: int) -> None:
    """In files with entries left out, changed and moved too: the same, or both object."""
    chosen = random.Random(seed)
    text = yaml.path.read_text("utf-8")
    blocks = re.split(r"^(?=- func:)", text, flags=re.MULTILINE)[1:]
    changed = chosen.sample(blocks, 300)
    changed = [change(block, chosen) for block in changed]
    path = tmp_path / "functions.yaml"
    path.write_text("".join(changed), "utf-8")
    collector = Collector()
    entries = read(path, collector)
    rules = rules_of_torchgen()
    # It asks of lone out variants and the like one at a time, by raising.
    rules = rules._replace(unpaired=_Everything(), without_out=_Everything())
    ours = derived_variants(entries, rules, collector)
    tags = torchgen.parse_tags_yaml(str(yaml.path.with_name("tags.yaml")))
    theirs = derive_by_torchgen(path, tags)
    assert [function.text for function in ours] == theirs
    assert len(theirs) > 20


class _Everything(frozenset[str]):
    """Lists every out variant; of in-place functions, the one that torchgen lists."""

    def __contains__(self, name: object) -> bool:
        stem = str(name).partition(".")[0]
        return not stem.endswith("_") or name == "polygamma_"


def change(block: str, chosen: random.Random) -> str:
    kind = chosen.randrange(4)
    if kind == 0:
        return re.sub(r"^  autogen:.*\n", "", block, flags=re.MULTILINE)
    if kind == 1:
        return block.replace("autogen: ", "autogen: other.out, ")
    return block


def derive_by_torchgen(path: Path, tags: set[str]) -> list[str]:
    """What torchgen derives; its lists of exceptions hold everything."""
    gen = importlib.import_module("torchgen.gen")
    generation = importlib.import_module("torchgen.native_function_generation")
    model = importlib.import_module("torchgen.model")
    yaml = importlib.import_module("yaml")
    with path.open() as file:
        data = yaml.load(file, Loader=gen.LineLoader)
    functions, indices = [], {}
    for item in data:
        where = model.Location(str(path), item["__line__"])
        function, found = model.NativeFunction.from_yaml(item, where, tags)
        functions.append(function)
        for key, names in found.items():
            indices.setdefault(key, {}).update(names)
    indices.setdefault(model.DispatchKey.CompositeExplicitAutograd, {})
    before = len(functions)
    lists = (
        "OUT_OPS_THAT_DONT_GET_GROUPED_PROPERLY",
        "MUTABLE_OPS_THAT_CANNOT_GET_AN_OUT_VARIANT",
    )
    with pytest.MonkeyPatch.context() as patch:
        for name in lists:
            patch.setattr(generation, name, _Everything())
        generation.add_generated_native_functions(functions, indices)
    return [str(function.func) for function in functions[before:]]


def test_speed(yaml: Yaml) -> None:
    """Well below what reading the YAML takes; the numbers are printed."""
    collector = Collector()
    (layer,) = load_layers([yaml.path])
    operators = [operator for d in layer.documents for operator in d.operators]
    rules = rules_of_torchgen()
    start = time.process_time()
    entries = read_functions([(o, "aten") for o in operators], collector)
    middle = time.process_time()
    derived_variants(entries, rules, collector)
    end = time.process_time()
    print(f"{ENTRIES} read in {middle - start:.3f} s, derived in {end - middle:.3f} s")
    assert end - start < 3
