"""The Python side of a device: its name, `torch.<name>`, and methods such as
`Tensor.<name>()`.

The module answers from what the device's C++ part told PyTorch; where that part is
missing, as one device that shares the CPU's generator. PyTorch is imported late, for the
reason that `loading` gives.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

from .registration import Registration

_OPERATORS = "dispatch_codegen_device"


def register(
    name: str,
    overrides: object = None,
    amp_dtypes: Sequence[str] = ("bfloat16", "float16"),
) -> DeviceModule:
    """Gives PyTorch's open device type a name, its module and its methods.

    Call it after the device's C++ part has been registered. Nothing happens the second
    time.

    Args:
        name: what users call the device.
        overrides: a module or other object whose public attributes take the place of the
            module's own, for a device that can do more.
        amp_dtypes: what autocast may cast to.
    """
    import torch

    there = getattr(torch, name, None)
    if isinstance(there, DeviceModule):
        return there
    torch.utils.rename_privateuse1_backend(name)
    module = DeviceModule(torch, name, amp_dtypes)
    for key, value in _public(overrides):
        setattr(module, key, value)
    torch._register_device_module(name, module)
    torch.utils.generate_methods_for_privateuse1_backend(for_storage=True)
    return module


def registered(name: str) -> tuple[Registration, ...]:
    """The same, for the report: what raises is recorded, with a warning."""
    outcome, message = "registered", ""
    try:
        register(name)
    except Exception as error:
        outcome, message = "failed", f"{type(error).__name__}: {error}".splitlines()[0]
        warnings.warn(
            f"the device {name} has no Python module: {message}", stacklevel=2
        )
    return (Registration("device module", name, "", outcome, message),)


def _public(overrides: object) -> Iterable[tuple[str, object]]:
    if overrides is None:
        return ()
    names = getattr(overrides, "__all__", None) or [
        key for key in dir(overrides) if not key.startswith("__")
    ]
    return [(key, getattr(overrides, key)) for key in names]


class DeviceModule(ModuleType):
    """`torch.<name>`: what PyTorch and its users expect of a device's module."""

    def __init__(self, torch: Any, name: str, amp_dtypes: Sequence[str]) -> None:
        super().__init__(f"torch.{name}", f"The device {name}.")
        self._torch = torch
        self._name = name
        self._amp_dtypes = [getattr(torch, dtype) for dtype in amp_dtypes]
        # Activation checkpointing keeps the state of generators only where this is set.
        self._initialized = True
        # torch.load asks for this one by this path.
        self._utils = SimpleNamespace(_get_device_index=self._device_index)
        self._generators = _generators(torch)
        self.device = partial(_Device, self)
        self.Stream = torch.Stream
        self.Event = torch.Event

    # -- Devices

    def is_available(self) -> bool:
        """Whether there is a device."""
        return self.device_count() > 0

    def is_initialized(self) -> bool:
        """Whether the device can be used now: always, as it needs no preparation."""
        return True

    def init(self) -> None:
        """Does nothing: the device needs no preparation."""

    def _lazy_init(self) -> None:
        """Does nothing: the device needs no preparation."""

    def _is_in_bad_fork(self) -> bool:
        """Whether this process is the fork of one that used the device and cannot."""
        return False

    def device_count(self) -> int:
        """How many devices there are."""
        return int(self._torch._C._accelerator_hooks_device_count())

    def current_device(self) -> int:
        """The index of this thread's current device."""
        return int(self._torch._C._accelerator_hooks_get_current_device())

    def set_device(self, device: object) -> None:
        """Makes a device the current one of this thread."""
        self._torch._C._accelerator_hooks_set_current_device(self._device_index(device))

    def _exchange_device(self, index: int) -> int:
        return int(self._torch._C._accelerator_hooks_exchange_device(index))

    def _maybe_exchange_device(self, index: int) -> int:
        return int(self._torch._C._accelerator_hooks_maybe_exchange_device(index))

    def device_of(self, tensor: Any) -> _Device:
        """Makes a tensor's device the current one in a `with` block, if it is one of
        these.
        """
        mine = tensor.device.type == self._name
        return self.device(tensor.device.index if mine else -1)

    def get_device_name(self, device: object = None) -> str:
        """What a device is called."""
        return f"{self._name}:{self._device_index(device)}"

    def get_device_capability(self, device: object = None) -> dict[str, Any]:
        """What `torch.accelerator.get_device_capability` says."""
        capability: dict[str, Any] = self._torch.accelerator.get_device_capability(
            self._device_index(device)
        )
        return capability

    def get_device_properties(self, device: object = None) -> SimpleNamespace:
        """The name of a device; a device can do without more."""
        return SimpleNamespace(name=self.get_device_name(device))

    def _device_index(self, device: object = None, optional: bool = True) -> int:
        if device is None:
            return self.current_device()
        if isinstance(device, int):
            return self.current_device() if device < 0 else device
        wanted = self._torch.device(device)
        if wanted.type != self._name:
            raise ValueError(f"expected a device {self._name}, got {wanted}")
        return self.current_device() if wanted.index is None else int(wanted.index)

    # -- Streams

    def synchronize(self, device: object = None) -> None:
        """Waits until a device has done what it was asked to."""
        self._torch._C._accelerator_synchronizeDevice(self._device_index(device))

    def current_stream(self, device: object = None) -> Any:
        """The stream that work goes to."""
        return self._torch._C._accelerator_getStream(self._device_index(device))

    def default_stream(self, device: object = None) -> Any:
        """The stream that work goes to if no other is set."""
        return self.current_stream(device)

    def set_stream(self, stream: Any) -> None:
        """Makes a stream the one that work goes to."""
        self._torch._C._accelerator_setStream(stream)

    def stream(self, stream: Any) -> Any:
        """Makes a stream the one that work goes to in a `with` block."""
        return stream

    # -- Random numbers

    def manual_seed(self, seed: int) -> None:
        """Seeds the generator of the current device."""
        self._generators.manual_seed(self.current_device(), _signed(seed))

    def manual_seed_all(self, seed: int) -> None:
        """Seeds the generators of all devices."""
        for index in range(self.device_count()):
            self._generators.manual_seed(index, _signed(seed))

    def seed(self) -> int:
        """Seeds the generator of the current device with a random number."""
        return _unsigned(self._generators.seed(self.current_device()))

    def seed_all(self) -> None:
        """Seeds the generators of all devices with one random number."""
        self.manual_seed_all(self.seed())

    def initial_seed(self) -> int:
        """What the generator of the current device was seeded with."""
        return _unsigned(self._generators.initial_seed(self.current_device()))

    def get_rng_state(self, device: object = None) -> Any:
        """The state of a device's generator, a tensor of bytes on the CPU."""
        return self._generators.get_rng_state(self._device_index(device))

    def set_rng_state(self, new_state: Any, device: object = None) -> None:
        """Sets the state of a device's generator."""
        self._generators.set_rng_state(self._device_index(device), new_state)

    def get_rng_state_all(self) -> list[Any]:
        """The states of all devices' generators."""
        return [self.get_rng_state(index) for index in range(self.device_count())]

    def set_rng_state_all(self, new_states: Iterable[Any]) -> None:
        """Sets the states of all devices' generators."""
        for index, state in enumerate(new_states):
            self.set_rng_state(state, index)

    # -- Numbers of low precision

    def get_amp_supported_dtype(self) -> list[Any]:
        """What autocast may cast to."""
        return list(self._amp_dtypes)

    def is_bf16_supported(self, including_emulation: bool = True) -> bool:
        """Whether autocast may cast to bfloat16."""
        return self._torch.bfloat16 in self._amp_dtypes

    # -- Memory

    def empty_cache(self) -> None:
        """Gives back memory that the device's allocator keeps."""
        self._torch.accelerator.empty_cache()

    def memory_stats(self, device: object = None) -> dict[str, Any]:
        """What `torch.accelerator.memory_stats` says."""
        stats: dict[str, Any] = self._torch.accelerator.memory_stats(
            self._device_index(device)
        )
        return stats

    def memory_allocated(self, device: object = None) -> int:
        """How many bytes tensors hold."""
        index = self._device_index(device)
        return int(self._torch.accelerator.memory_allocated(index))

    def max_memory_allocated(self, device: object = None) -> int:
        """The most bytes that tensors have held."""
        index = self._device_index(device)
        return int(self._torch.accelerator.max_memory_allocated(index))

    def memory_reserved(self, device: object = None) -> int:
        """How many bytes the device's allocator holds."""
        index = self._device_index(device)
        return int(self._torch.accelerator.memory_reserved(index))

    def max_memory_reserved(self, device: object = None) -> int:
        """The most bytes that the device's allocator has held."""
        index = self._device_index(device)
        return int(self._torch.accelerator.max_memory_reserved(index))

    def reset_peak_memory_stats(self, device: object = None) -> None:
        """Starts the count of the most bytes again."""
        index = self._device_index(device)
        self._torch.accelerator.reset_peak_memory_stats(index)


class _Device:
    """Makes a device the current one in a `with` block; a negative index, none."""

    def __init__(self, module: DeviceModule, device: object) -> None:
        self._module = module
        stays = isinstance(device, int) and device < 0
        self.idx = -1 if stays else module._device_index(device)
        self.prev_idx = -1

    def __enter__(self) -> None:
        if self.idx < 0:
            self.prev_idx = -1
        else:
            self.prev_idx = self._module._exchange_device(self.idx)

    def __exit__(self, *exception: object) -> None:
        self._module._maybe_exchange_device(self.prev_idx)


class _CpuGenerators:
    """The CPU's generator in place of a device's own, with the same functions."""

    def __init__(self, generator: Any) -> None:
        self._generator = generator

    def manual_seed(self, device: int, seed: int) -> None:
        self._generator.manual_seed(seed)

    def seed(self, device: int) -> int:
        return int(self._generator.seed())

    def initial_seed(self, device: int) -> int:
        return int(self._generator.initial_seed())

    def get_rng_state(self, device: int) -> Any:
        return self._generator.get_state()

    def set_rng_state(self, device: int, state: Any) -> None:
        self._generator.set_state(state)


def _generators(torch: Any) -> Any:
    """The operators by which the device's C++ part gives access to its generators."""
    operators = getattr(torch.ops, _OPERATORS)
    if hasattr(operators, "manual_seed"):
        return operators
    return _CpuGenerators(torch.default_generator)


def _signed(seed: int) -> int:
    """A seed of 64 bits as operators take it."""
    return (int(seed) + (1 << 63)) % (1 << 64) - (1 << 63)


def _unsigned(seed: int) -> int:
    return int(seed) % (1 << 64)
