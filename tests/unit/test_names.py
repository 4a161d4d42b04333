"""How declared names are spelt: c10's names in both spellings."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen import names

SPELLINGS = {
    "toFunctionalityKey": "to_functionality_key",
    "toBackendComponent": "to_backend_component",
    "toRuntimePerBackendFunctionalityKey": "to_runtime_per_backend_functionality_key",
    "getAutogradKeyFromBackend": "get_autograd_key_from_backend",
    "getBackendKeySetFromAutograd": "get_backend_key_set_from_autograd",
    "getDispatchTableIndexForDispatchKey": "get_dispatch_table_index_for_dispatch_key",
    "highestPriorityBackendTypeId": "highest_priority_backend_type_id",
    "isPerBackendFunctionalityKey": "is_per_backend_functionality_key",
    "legacyExtractDispatchKey": "legacy_extract_dispatch_key",
    "runtimeDispatchKeySetHas": "runtime_dispatch_key_set_has",
    "toString": "to_string",
}

MODULES = {
    "CPU": "cpu",
    "ADInplaceOrView": "ad_inplace_or_view",
    "AutogradNestedTensor": "autograd_nested_tensor",
    "CustomRNGKeyId": "custom_rng_key_id",
    "FuncTorchDynamicLayerBackMode": "func_torch_dynamic_layer_back_mode",
    "MkldnnCPU": "mkldnn_cpu",
    "PrivateUse1": "private_use1",
    "PythonTLSSnapshot": "python_tls_snapshot",
    "SparseCsr": "sparse_csr",
    "TESTING_ONLY_GenericMode": "testing_only_generic_mode",
    "PrivateUse1_PreAutograd": "private_use1_pre_autograd",
    "A": "a",
    "X1Y2": "x1_y2",
}

identifiers = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,20}", fullmatch=True)
lower = st.from_regex(r"_?[a-z]{1,5}(_[a-z]{2,5}){0,4}_?", fullmatch=True)


@pytest.mark.parametrize(("camel", "snake"), SPELLINGS.items())
def test_functions_of_c10(camel: str, snake: str) -> None:
    assert names.snake_case(camel) == snake
    assert names.camel_case(snake) == camel
    assert names.camel_case(camel) == camel
    assert names.snake_case(snake) == snake


@pytest.mark.parametrize(("name", "module"), MODULES.items())
def test_modules(name: str, module: str) -> None:
    assert names.module_name(name) == module


@pytest.mark.parametrize(
    ("name", "snake", "camel"),
    [
        ("_private", "_private", "_private"),
        ("_getThing", "_get_thing", "_getThing"),
        ("trailing_", "trailing_", "trailing_"),
        ("a__b", "a__b", "aB"),
        ("use_1", "use_1", "use1"),
        ("_", "_", "_"),
    ],
)
def test_underscores_stay_or_join(name: str, snake: str, camel: str) -> None:
    assert names.snake_case(name) == snake
    assert names.camel_case(name) == camel


@given(identifiers)
def test_spellings_are_names(name: str) -> None:
    for spelling in (names.snake_case(name), names.camel_case(name)):
        assert spelling.isidentifier()
        assert spelling.isascii()


@given(identifiers)
def test_spelling_twice_is_spelling_once(name: str) -> None:
    snake = names.snake_case(name)
    assert snake == snake.lower()
    assert names.snake_case(snake) == snake
    camel = names.camel_case(name)
    assert names.camel_case(camel) == camel


@given(identifiers)
def test_letters_stay(name: str) -> None:
    """Only underscores come and go, only capitals change."""

    def letters(text: str) -> str:
        return text.replace("_", "").lower()

    assert letters(names.snake_case(name)) == letters(name)
    assert letters(names.camel_case(name)) == letters(name)


@given(lower)
def test_there_and_back(name: str) -> None:
    assert names.snake_case(name) == name
    assert names.snake_case(names.camel_case(name)) == name


def test_enum_members() -> None:
    assert names.backend_bit("ACME") == "ACMEBit"
    assert names.start_placeholder("Dense") == "StartOfDenseBackends"
    assert names.end_placeholder("Dense") == "EndOfDenseBackends"


def test_standard_functions_come_in_both_spellings() -> None:
    functions = set(names.STANDARD_FUNCTIONS)
    assert len(functions) == len(names.STANDARD_FUNCTIONS)
    for name in functions:
        assert names.snake_case(name) in functions
        assert names.camel_case(name) in functions
        assert not keyword.iskeyword(name)
