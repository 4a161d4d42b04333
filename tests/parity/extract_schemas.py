"""Ask PyTorch 2.13.0 what it reads from operators' schemas, and write it down.

    python tests/parity/extract_schemas.py             rewrite facts/schemas.json.xz
    python tests/parity/extract_schemas.py --check     exit 1 if that file differs

Run it with a Python that has torch 2.13.0. Asks for every registered schema field by field,
for the schemas of torchgen's native_functions.yaml, and for the texts in this module. Exits
with 2 when it cannot ask. The members of an alias set are sorted: PyTorch keeps them in the
order of a hash table.
"""

import argparse
import importlib
import importlib.metadata
import importlib.util
import json
import lzma
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FACTS = Path(__file__).with_name("facts") / "schemas.json.xz"
TORCH_VERSION = "2.13.0"
MOST_DIFFERENCES = 40

# Names of c10::ScalarType's values that are defaults for that type only.
SCALAR_TYPES = (
    "uint8 int8 int16 short int int32 int64 float16 half float32 double float64 chalf "
    "complex32 cfloat complex64 cdouble complex128 bool qint8 quint8 qint32 bfloat16 "
    "quint4x2 quint2x4 bits1x8 bits2x4 bits4x2 bits8 bits16 float8_e5m2 float8_e4m3fn "
    "float8_e5m2fnuz float8_e4m3fnuz uint16 uint32 uint64 bit uint1 uint2 uint3 uint4 "
    "uint5 uint6 uint7 int1 int2 int3 int4 int5 int6 int7 float8_e8m0fnu "
    "float4_e2m1fn_x2 "
).split()

# Read by both, and printed alike.
ALIKE = (
    "f() -> ()",
    " n :: f . o ( ) -> ( ) ",
    "n::f()->()",
    "n::f(Tensor x,\n  Tensor y) -> ()  # why",
    "n::f(*) -> ()",
    "n::f(*, *, Tensor x) -> ()",
    "n::f(Tensor x, *, Tensor y, ...) -> (Tensor, ...)",
    "n::f(...) -> ...",
    "n::f(...) -> (...)",
    "n::f(Tensor self, int from, str lambda) -> (Tensor values, Tensor)",
    "n::f(Tensor x) -> (Tensor y)",
    "n::f(Tensor x) -> ((Tensor, int)[] y)",
    "n::f(Tensor x, Tensor x) -> ()",
    "n::f(Tensor?? x, Tensor?[]? y, Tensor[]?[]?[] z, int[][2] u, int[2]? v) -> int[3]",
    "n::f(Tensor(a) x, Tensor(b!)? y, Tensor(c!)[] z, Tensor(d -> *)[](e)? u) -> Tensor(*)",
    "n::f(Tensor(a|b -> c|d) x, Tensor(a|a) y, Tensor(a -> a) z, t(a! -> b|*) u) -> ()",
    "n::f(Dict(str, t)(a!) x, Dict(Tensor, SymInt[]) y, Dict(Any, (int, Layout)) z) -> ()",
    "n::f(Future(t) x, RRef(t)[] y, Await(int?)? z, () u, ((int))? v) -> Future(Tensor[])",
    "n::f(ConstQuantizerPtr x, DeviceIndex[] y, None z, (DeviceIndex, None) u) -> ()",
    "n::f(SymInt x, SymBool y, Scalar z, ScalarType u, Layout v, MemoryFormat w) -> ()",
    "n::f(Generator x, Storage y, QScheme z, Stream u, Quantizer v, Capsule w) -> ()",
    "n::f(Any x, AnyEnumType y, AnyClassType z, complex[] u, tVal v, t12 w) -> NoneType",
    "n::f(int a=- 1, int b=007, int c=1.5, int d=True, int? e=None, bool f=0) -> ()",
    "n::f(int a=9223372036854775807, int b=-9223372036854775808) -> ()",
    "n::f(float a=1, float b=.5, float c=1E5, float d=1e-5, float e=1e22, float? f=1) -> ()",
    "n::f(float a=0.1, float b=-0.0, float c=1e17, float d=1.5e300, float e=1.e+2) -> ()",
    "n::f(float a=12345678901234567890, float b=9223372036854775808) -> ()",
    "n::f(complex a=1j, complex b=-1.5j, Scalar c=1j, Scalar d=2., complex? e=1) -> ()",
    "n::f(int a=Mean, ScalarType b=double, ScalarType? c=long, Layout d=strided) -> ()",
    "n::f(MemoryFormat? a=contiguous_format, int b=float, ScalarType[2] c=1) -> ()",
    "n::f(ScalarType? a=bits16, ScalarType[] b=[float8_e4m3fnuz, uint7]) -> ()",
    *(f"n::f(ScalarType x={name}) -> ()" for name in SCALAR_TYPES),
    "n::f(int[2] a=1, int[1] b=1, int[2] c=[1], int[2] d=[1,2], int[2] e=[], int[0] f=1) -> ()",
    "n::f(SymInt[2] a=1, float[2] b=1, bool[3] c=True, int[]? d=None, int[2]? e=1) -> ()",
    "n::f(int[] a=[ 1 , -2 ], float[] b=[1, .5], complex[] c=[1j], int[] d=[long]) -> ()",
    "n::f(str a='x', str b=\"y\", str? c='', str? d=None, Any? e=1, Tensor f=None) -> ()",
    r"""n::f(str a='it\'s "x"', str b="\\\n\t\a\b\f\v\033", str c='#(,)') -> ()""",
    "n::f(*, Tensor? x=None, Tensor y) -> ()",
    "n::f(int x=1, Tensor[] y, int[2147483647] z) -> ()",
)

# Refused by both.
MALFORMED = (
    "",
    "  ",
    "(",
    "n",
    "n::f",
    "n::f.o",
    "n::f()",
    "n::f(",
    "n::f() ->",
    "n::f() -> (",
    "n::f() - > ()",
    "n:f() -> ()",
    "::f() -> ()",
    "n:::f() -> ()",
    "n::m::f() -> ()",
    "n::f.() -> ()",
    "n::f.o.p() -> ()",
    "n::f.default() -> ()",
    "n::f.__x() -> ()",
    "n::if() -> ()",
    "n::2f() -> ()",
    "n::f.2d() -> ()",
    "n::\u00e9() -> ()",
    "n::f() -> () x",
    "n::f() -> ();",
    "n::f() -> Tensor, Tensor",
    "n::f() -> (Tensor,)",
    "n::f() -> (Tensor y=1)",
    "n::f() -> (..., Tensor)",
    "n::f(..., Tensor x) -> ()",
    "n::f(Tensor x,) -> ()",
    "n::f(,) -> ()",
    "n::f(*,) -> ()",
    "n::f(Tensor) -> ()",
    "n::f(Tensor x Tensor y) -> ()",
    "n::f(Tensor if) -> ()",
    "n::f(Tensor 1) -> ()",
    "n::f(Tensor $x) -> ()",
    "n::f(Tensor? x=None, Tensor y) -> ()",
    "n::f(int x=1, int[]? y) -> ()",
    "n::f(Tnsor x) -> ()",
    "n::f(T x) -> ()",
    "n::f(List(t) x) -> ()",
    "n::f(SymFloat x) -> ()",
    "n::f(Tensor.x x) -> ()",
    "n::f(__torch__ x) -> ()",
    "n::f(__torch__.x y) -> ()",
    "n::f(__torch__.torch.classes.x y) -> ()",
    "n::f(Dict(str) x) -> ()",
    "n::f(Dict(t, str) x) -> ()",
    "n::f(Dict(int[], str) x) -> ()",
    "n::f(Future(t, t) x) -> ()",
    "n::f(Future(t)(a) x) -> ()",
    "n::f((int, str)(a) x) -> ()",
    "n::f((int x, str y) z) -> ()",
    "n::f((int[2], str) x) -> ()",
    "n::f(NoneType? x) -> ()",
    "n::f(int[2][] x) -> ()",
    "n::f(int[-1] x) -> ()",
    "n::f(int[n] x) -> ()",
    "n::f(int[99999999999999999999] x) -> ()",
    "n::f(Tensor[ x) -> ()",
    "n::f(Tensor?(a) x) -> ()",
    "n::f(Tensor() x) -> ()",
    "n::f(Tensor(!) x) -> ()",
    "n::f(Tensor(a b) x) -> ()",
    "n::f(Tensor(a!|b) x) -> ()",
    "n::f(Tensor(*|a) x) -> ()",
    "n::f(Tensor(a! -> b!) x) -> ()",
    "n::f(Tensor(a)(b) x) -> ()",
    "n::f(int x=) -> ()",
    "n::f(int x=--1) -> ()",
    "n::f(int x=+1) -> ()",
    "n::f(int x=1_0) -> ()",
    "n::f(int x=[1]) -> ()",
    "n::f(int x=inf) -> ()",
    "n::f(float x=nan) -> ()",
    "n::f(float x=-inf) -> ()",
    "n::f(float x=1e) -> ()",
    "n::f(float x=1e400) -> ()",
    "n::f(float x=1e-400) -> ()",
    "n::f(int x=9223372036854775808) -> ()",
    "n::f(int x=-9223372036854775809) -> ()",
    "n::f(int x=mean) -> ()",
    "n::f(int x=double) -> ()",
    "n::f(bool x=true) -> ()",
    "n::f(str x=a) -> ()",
    "n::f(str x='a) -> ()",
    "n::f(str x='\\q') -> ()",
    "n::f(str x='\\x41') -> ()",
    "n::f(str x='\\12') -> ()",
    "n::f(complex x=1) -> ()",
    "n::f(Tensor x=1) -> ()",
    "n::f(Generator x=1) -> ()",
    "n::f(Device x=None) -> ()",
    "n::f(Any x=None) -> ()",
    "n::f(t x=None) -> ()",
    "n::f(Stream x=None) -> ()",
    "n::f(Dict(str, int) x=None) -> ()",
    "n::f((int, int) x=None) -> ()",
    "n::f(int[] x=1) -> ()",
    "n::f(int[] x=None) -> ()",
    "n::f(int[] x=[1) -> ()",
    "n::f(int[] x=[1,]) -> ()",
    "n::f(int[] x=[1.5]) -> ()",
    "n::f(int[] x=[True]) -> ()",
    "n::f(int[][] x=[[1]]) -> ()",
    "n::f(int[2] x=long) -> ()",
    "n::f(int[2] x=None) -> ()",
    "n::f(int[]? x=[1]) -> ()",
    "n::f(bool[] x=[1]) -> ()",
    "n::f(float[] x=[1j]) -> ()",
    "n::f(str[] x=[]) -> ()",
    "n::f(Tensor[] x=[]) -> ()",
    "n::f(Scalar[] x=[1]) -> ()",
    "n::f(int?[] x=[]) -> ()",
)

# Read or printed otherwise by PyTorch, and why that is so.
DIFFERENT = {
    "n::f(int x=0x10) -> ()": "PyTorch reads 0",
    "n::f(float x=0x1p3) -> ()": "no other number is hexadecimal",
    "n::f(int[1.5] x) -> ()": "PyTorch reads 1",
    "n::f(int[1e3] x) -> ()": "PyTorch reads 1",
    "n::f(int[2147483648] x) -> ()": "PyTorch reads -2147483648",
    "n::f(complex x=15) -> ()": "PyTorch reads 1j: it drops the last digit",
    "n::f(int x='a') -> ()": "PyTorch prints a without quotes, which it cannot read",
    "n::f(Tensor? x='a b') -> ()": "the same",
    "n::f(Device x='cuda:1') -> ()": "the same; quoted here",
    "n::f(str x='\u00e9') -> ()": "PyTorch prints bytes above 127 wrongly",
    "n::f(str x='\\377') -> ()": "no text: PyTorch fails later, in Python",
    "n::f(str x='\\r') -> ()": "PyTorch prints it, but does not read it",
    "n::f(str x='''a''') -> ()": "not needed",
    "n::f(Tensor x)\\\n -> ()": "not needed",
    "n::f(Tensor x) ->\n ()": "a line break is space everywhere",
    "n::f(complex x=0.+1.j) -> ()": "PyTorch prints it, but does not read it",
    "n::f(Tensor! x) -> ()": "PyTorch prints ($0! -> ), which it cannot read",
    "n::f((a!) x) -> ()": "PyTorch drops what is written to within a tuple",
    "n::f(Scalar?? x) -> ()": "PyTorch prints Union(Scalar)?",
    "n::f(Tensor(a)[][] x) -> ()": "PyTorch forgets the set",
    "n::f(Tensor(a)?[] x) -> ()": "PyTorch prints Tensor?(a)[], which it cannot read",
    "n::f(int[] x=[1, 1]) -> ()": "PyTorch prints 1, which it cannot read",
    "n::f(int[2] x=[1, 1, 1]) -> ()": "PyTorch prints 1, which is [1, 1]",
    "n::f(tensor x) -> ()": "a type variable for PyTorch; a mistake more often",
    "n::f(string x, number y) -> ()": "the same",
    "n::f(torch.classes.x.Y x) -> ()": "the same",
    "n::f(Union(int, str) x) -> ()": "no operator uses it",
    "n::f(__torch__.torch.classes.x.Y x) -> ()": "not registered: not known here",
    "n::f(Dimname x, Dimname[]? y=None) -> ()": "torchgen's name for str",
    "n::f(int[70000] x=1) -> ()": "more equal elements than any operator takes",
}


class CannotAsk(Exception):
    """PyTorch 2.13.0 is not there, or does not answer as it should."""


def sort_sets(text: str) -> str:
    """Return a printed schema with the members of its alias sets sorted."""
    return re.sub(
        r"(?<=[( ])[\w*]+(?:\|[\w*]+)+(?=[!) ])",
        lambda match: "|".join(sorted(match[0].split("|"))),
        text,
    )


def import_torch() -> Any:
    """Return the installed PyTorch; raise if it is not the one that the facts are of."""
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        found = "none"
    if found != TORCH_VERSION:
        raise CannotAsk(f"PyTorch {TORCH_VERSION} is needed, {found} is installed")
    return importlib.import_module("torch")


def argument_facts(argument: Any) -> list[Any]:
    """Return name, type, default in a list, kwarg_only and alias sets of an argument."""
    default = [argument.default_value] if argument.has_default_value() else []
    info = argument.alias_info
    alias = info and [sorted(info.before_set), sorted(info.after_set), info.is_write]
    size = "" if argument.N is None else f" of {argument.N}"
    kind = f"{argument.real_type}{size}"
    return [argument.name, kind, default, argument.kwarg_only, alias]


def schema_facts(schema: Any) -> list[Any]:
    """Return the printed text and the fields of a schema."""
    return [
        sort_sets(str(schema)),
        schema.name,
        schema.overload_name,
        schema.is_mutable,
        list(map(argument_facts, schema.arguments)),
        list(map(argument_facts, schema.returns)),
    ]


def ask_printed(torch: Any, text: str) -> str | None:
    """Return how PyTorch prints what it reads from a text; None if it refuses it."""
    try:
        return sort_sets(str(torch._C.parse_schema(text)))
    except (RuntimeError, ValueError, IndexError):
        return None


def native_functions() -> list[str]:
    """Return the schemas in the native_functions.yaml that torchgen holds."""
    found = importlib.util.find_spec("torchgen")
    if found is None or found.origin is None:
        raise CannotAsk("torchgen is not installed")
    path = Path(found.origin).parent / "packaged/ATen/native/native_functions.yaml"
    # One plain line each.
    return re.findall(r"^- func: (.+?)\s*$", path.read_text("utf-8"), re.MULTILINE)


def extract() -> str:
    """Return the text of the facts."""
    torch = import_torch()
    registered = sorted(map(schema_facts, torch._C._jit_get_all_schemas()), key=str)
    operators = set(torch._C._dispatch_get_all_op_names())
    names = {f"{row[1]}.{row[2]}" if row[2] else row[1] for row in registered}
    if not operators <= names:
        raise CannotAsk(f"no schemas of {sorted(operators - names)}")
    answers = {
        text: ask_printed(torch, text) for text in (*ALIKE, *MALFORMED, *DIFFERENT)
    }
    natives = {text: ask_printed(torch, text) for text in native_functions()}
    compact = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode

    def lines(values: Iterable[Any]) -> str:
        return "[\n" + ",\n".join(map(compact, values)) + "\n]"

    return (
        f'{{"torch":{compact(TORCH_VERSION)},\n'
        f'"operators":{len(operators)},\n'
        f'"registered":{lines(registered)},\n'
        f'"native_functions":{lines(natives.items())},\n'
        f'"answers":{lines(answers.items())}}}\n'
    )


def read(path: Path) -> str | None:
    """Return the text of the facts file, unpacked; None if it is missing or damaged."""
    try:
        return lzma.decompress(path.read_bytes()).decode("utf-8")
    except (FileNotFoundError, lzma.LZMAError, UnicodeDecodeError):
        return None


def report_differences(committed: str | None, extracted: str) -> bool:
    """Print the lines in which the facts differ; say whether they do."""
    if committed == extracted:
        return False
    if committed is None:
        print(f"{FACTS.name}: missing or damaged")
        return True
    old, new = committed.splitlines(), extracted.splitlines()
    both = set(old).intersection(new)
    lines = [f"only committed: {line}" for line in old if line not in both]
    lines += [f"only extracted: {line}" for line in new if line not in both]
    if len(lines) > MOST_DIFFERENCES:
        lines[MOST_DIFFERENCES:] = ["and more"]
    print("\n".join(f"{FACTS.name}: {line}" for line in lines or ["in another order"]))
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Ask PyTorch 2.13.0 what it reads from operators' schemas."
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 if the file differs from what PyTorch says now",
    )
    options = parser.parse_args(arguments)
    try:
        text = extract()
        if options.check:
            return int(report_differences(read(FACTS), text))
        # One whose text is right keeps its bytes: another liblzma may pack it otherwise.
        if read(FACTS) != text:
            preset = 9 | lzma.PRESET_EXTREME
            FACTS.write_bytes(lzma.compress(text.encode("utf-8"), preset=preset))
        return 0
    except (CannotAsk, OSError) as error:
        print(f"{Path(__file__).name}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
