"""What the house asks of its code and that no ready-made rule can tell."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FUNCTION = 45
FEW_STATEMENTS = 10  # what is long for its data alone is a table, and reads as one
LONGEST_FILE = 400
DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "misc", "managers", "tools", "lib", "core"}
SWITCHED_OFF = re.compile(r"#\s*(noqa|type:\s*ignore)\b")
REASON = re.compile(r"#\s*(noqa: [A-Z0-9]+(, ?[A-Z0-9]+)*|type:\s*ignore\[[\w, -]+\])\W+\w+.{2,}")
TECHNIQUES = {"signals", "receivers", "handlers"}


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def in_tests(self) -> bool:
        return "tests" in self.path.relative_to(ROOT).parts

    @property
    def in_migrations(self) -> bool:
        return "migrations" in self.path.parts

    def tree(self) -> ast.Module:
        return _parsed(self.path)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


SOURCES = [Source(path) for path in sorted((ROOT / "digirum").rglob("*.py"))]


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(source.tree()) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imports(source: Source) -> Iterator[tuple[str, int]]:
    for node in ast.walk(source.tree()):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, without the docstring: a promise told in full costs nothing."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{source.name}:{function.lineno} {function.name} has {length(function)} lines"
        for source in SOURCES
        if not source.in_migrations
        for function in functions(source)
        if length(function) > LONGEST_FUNCTION and statements(function) > FEW_STATEMENTS
    ]
    assert long == []


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    long = [
        f"{source.name} has {lines} lines"
        for source in SOURCES
        if not source.in_migrations and not source.in_tests and source.path.name != "settings.py"
        if (lines := len(source.path.read_text().splitlines())) > LONGEST_FILE
    ]
    assert long == []


def test_no_drawer_is_named_after_a_technique() -> None:
    names = {
        path for source in SOURCES for path in (source.path, *source.path.parents) if ROOT / "digirum" in path.parents
    }
    drawers = [str(path.relative_to(ROOT)) for path in sorted(names) if path.stem in DRAWERS | TECHNIQUES]
    assert drawers == []


def test_no_import_hides_in_a_function() -> None:
    """Only Django's ``ready`` must import late: not before every model is loaded."""
    hidden = [
        f"{source.name}:{node.lineno}"
        for source in SOURCES
        if not source.in_tests
        for function in functions(source)
        if not (source.path.name == "apps.py" and function.name == "ready")
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_refusals_spell_their_codes_alike() -> None:
    """Programs tell refusals apart by their codes: small letters and hyphens, so that one thing has one code."""
    codes = {
        (
            f"{source.name}:{node.lineno}",
            "".join(str(part.value) for part in ast.walk(keyword.value) if isinstance(part, ast.Constant)),
        )
        for source in SOURCES
        for node in ast.walk(source.tree())
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant | ast.JoinedStr)
    }
    assert len(codes) > 50
    assert sorted(code for code in codes if "_" in code[1]) == []


def _roles(node: ast.AST) -> frozenset[str]:
    """The roles that a tuple, a set or the arguments of a guard name, where they name nothing else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "frozenset" and node.args:
        return _roles(node.args[0])
    parts: list[ast.expr] = []
    if isinstance(node, ast.Tuple | ast.Set):
        parts = node.elts
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "for_roles":
        parts = node.args
    names = [part.attr for part in parts if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "Role"]
    return frozenset(names) if len(names) == len(parts) else frozenset()


def test_a_set_of_roles_that_several_ask_for_has_one_name() -> None:
    """Who serves a desk or makes the programme is said once, so that it can be changed in one place."""
    said: dict[frozenset[str], list[str]] = {}
    for source in SOURCES:
        tops = source.tree().body if not source.in_tests else []
        named = [(node.lineno, node.value) for node in tops if isinstance(node, ast.Assign)]
        guarded = [
            (node.lineno, one) for node in tops if isinstance(node, ast.FunctionDef) for one in node.decorator_list
        ]
        for line, node in (*named, *guarded):
            if len(roles := _roles(node)) > 1:
                said.setdefault(roles, []).append(f"{source.name}:{line}")
    assert len(said) > 5
    assert [places for places in said.values() if len(places) > 1] == []


def test_news_does_not_travel_by_signals() -> None:
    """Rooms learn of each other through the journal and the registries. Signals of libraries stay within a room."""
    used = [
        f"{source.name}:{line}"
        for source in SOURCES
        for name, line in imports(source)
        if name.startswith("django.dispatch")
    ]
    assert used == []


@pytest.mark.parametrize("forbidden", ["django.contrib.admin", "django.contrib.sites", "httpx", "urllib.request"])
def test_what_the_product_does_without(forbidden: str) -> None:
    """Django's own admin is not exposed, and only the city's sign-in asks another server for anything."""
    used = [
        f"{source.name}:{line}"
        for source in SOURCES
        if not source.in_tests
        for name, line in imports(source)
        if name == forbidden or name.startswith(f"{forbidden}.")
    ]
    assert used == []


def test_only_tests_import_tests() -> None:
    mixed = [
        f"{source.name}:{line}"
        for source in SOURCES
        if not source.in_tests
        for name, line in imports(source)
        if "tests" in name.split(".")
    ]
    assert mixed == []


def test_every_check_that_is_switched_off_says_why() -> None:
    """The reason stands behind it, or in a comment just above."""
    files = [path for folder in ("digirum", "tests", "scripts") for path in sorted((ROOT / folder).rglob("*.py"))]
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, (above, line) in enumerate(pairwise(["", *path.read_text().splitlines()]), 1)
        if SWITCHED_OFF.search(line) and not REASON.search(line) and not above.strip().startswith("#")
    ]
    assert silent == []


def test_the_tests_read_as_a_specification() -> None:
    """A test file is named after a behaviour: one of the product's modules is no behaviour."""
    modules = {source.path.stem for source in SOURCES if not source.in_tests} - {"__init__"}
    drawers = [
        source.name
        for source in SOURCES
        if source.in_tests and source.path.stem in {"test_models", "test_views", "test_forms"}
    ]
    assert modules
    assert drawers == []
