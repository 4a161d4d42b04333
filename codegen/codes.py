"""The codes of all diagnostics, with one line on what each of them reports.

A code never changes its meaning. DG0xx: reading files; DG1xx: the shape of a
declaration; DG2xx: what declarations say about each other. These are errors and stop the
run. DG3xx are findings of `lint`, which do not, and can be allowed with a reason.
"""

from __future__ import annotations

from typing import Final

TITLES: Final = {
    "DG001": "a declaration file cannot be read",
    "DG002": "a file is not valid YAML",
    "DG003": "a key is given twice in one mapping",
    "DG004": "a YAML feature that declarations do not use",
    "DG005": "a base to extend is unknown or extends itself",
    "DG006": "an overriding template that replaces nothing",
    "DG007": "a template that cannot be rendered",
    "DG101": "an unknown field or section",
    "DG102": "a required field is missing",
    "DG103": "a value of the wrong kind",
    "DG104": "a name is not an ASCII identifier",
    "DG105": "a plain scalar that YAML reads as something else than a name",
    "DG106": "a section whose order counts stands in two places",
    "DG107": "backends without functionality keys",
    "DG108": "a name that Python reserves",
    "DG109": "a name that C++ reserves, where C++ is generated",
    "DG110": "declarations of no dispatcher of PyTorch's, where PyTorch is extended",
    "DG111": "a key that PyTorch does not have, where PyTorch is extended",
    "DG112": "a key that `torch.library` cannot name",
    "DG113": "something that only C++ can register with PyTorch",
    "DG114": "something that cannot be registered with PyTorch",
    "DG115": "something that c10 cannot hold",
    "DG201": "an unknown name",
    "DG202": "a name is declared twice",
    "DG203": "a keyset expression that cannot be parsed",
    "DG204": "a keyset that refers to itself",
    "DG205": "a keyset operator that does not fit its operands",
    "DG206": "two members of a group share an order number",
    "DG207": "a placement that cannot be met",
    "DG208": "two names that become one in generated code",
    "DG209": "a fallback for something that has no table slot",
    "DG210": "two fallbacks for one key",
    "DG211": "an operator schema that cannot be parsed",
    "DG212": "an operator is declared twice",
    "DG213": "two kernels for one key of an operator",
    "DG214": "a structured delegate that does not exist or is not structured",
    "DG215": "an unknown build variant",
    "DG216": "alias keysets that overlap without a precedence",
    "DG217": "a redispatch that comes back to its own key",
    "DG218": "a name in `autogen` that nothing is derived for",
    "DG219": "a function that lacks a variant",
    "DG220": "variants of an operator split between a backend and its autograd key",
    "DG221": "an operator in `symint` that has no kernel with symbolic sizes",
    "DG222": "a selection of nothing",
    "DG223": "a kernel that is declared and not defined as declared",
    "DG301": "an allowance that allows nothing",
    "DG302": "an allowance that cannot be read",
    "DG303": "a name that C++ reserves",
    "DG304": "a keyset that is empty",
    "DG305": "an expression whose backend bits mean other keys than it names",
    "DG306": "a kernel that no table slot uses",
    "DG307": "an operator that reaches no kernel on a backend that it claims",
    "DG308": "a key without the fallback that its family has",
    "DG309": "two functions that are declared inverse and disagree",
    "DG310": "a declared name that a list lacks",
    "DG311": "a listed name that is not declared",
    "DG312": "a part of a backend file that is left out",
    "DG313": "an operator that is ambiguous for a key",
    "DG314": "kernels that keep another out of slots that they leave",
}


def is_finding(code: str) -> bool:
    """Whether a code is a finding of `lint`, which does not stop a run."""
    return code.startswith("DG3")
