"""Builds the extension: pip install --no-build-isolation .

Generated; to rewrite it, run: dispatch-codegen generate --target libtorch
"""

from pathlib import Path

from setuptools import setup
from torch.utils.cpp_extension import BuildExtension, CppExtension

# Compilers are run in a folder of their own.
HERE = Path(__file__).parent.absolute()

setup(
    ext_modules=[
        CppExtension(
            "pytorch_extension._C",
            sources=[
                "csrc/extension.cpp",
                "csrc/fallbacks.cpp",
                "csrc/runtime/fuser.cpp",
                "csrc/runtime/policies.cpp",
                "csrc/runtime/registry.cpp",
            ],
            include_dirs=[
                str(HERE / "csrc"),
            ],
            extra_compile_args=["-std=c++20", "-fvisibility=hidden"],
        )
    ],
    cmdclass={"build_ext": BuildExtension.with_options(no_python_abi_suffix=True)},
)
