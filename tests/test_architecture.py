"""The shape of the code, read from its syntax trees: which way imports point, and how large modules grow."""

import ast
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A module imports only what stands before it in its package's list.
ORDER = {
    "index": (
        "errors durable processes decode front_matter formulas outline remote analyse readers gather load originals prepare obtain sentences split "
        "presets embed selftest storage segments writing ingest copies library pages"
    ).split(),
    "index.processes": "interrupt watch worker child bounded".split(),
    "index.storage": "schema record database store".split(),
    "index.segments": "occur arrays terms vectors segment represent partition generation derive".split(),
    "index.copies": "bibliography target export packed backup".split(),
    "qa": (
        "said settings users fitted kept words question check answer retrieval reading category llm host converse parts "
        "across form further compose suggest quote follow ask markup output preferences programs mcp_server "
        "evaluation talks adding command web"
    ).split(),
    "qa.words": "patterns particles made_of bridge word_vectors sounds spelling typos rename siblings".split(),
    "qa.question": "wording amounts aspect_wording itself_wording query itself aspect described orders scope texts".split(),
    "qa.retrieval": (
        "question_index asked numbered fuse retrieve evidence defining figures signals rerank crossencode attribute support"
    ).split(),
    "qa.reading": (
        "cite snippets tables items candidate formulas ordinals nested companions left_out leading choose limits "
        "overview authors particulars_wording particulars holding sections numbers similar read"
    ).split(),
    "qa.reading.numbers": "wording said names_wording grid names held asked table cells comparing ranking".split(),
    "qa.command": "arguments library talks users main".split(),
}
# What a package may import of the others. `train` and `bench` are tools of the workshop: nothing shipped needs them.
MAY_IMPORT = {
    "index": set(),
    "seeds": set(),
    "qa": {"index", "seeds"},
    "app": {"index", "qa"},
    "train": {"index", "qa", "seeds"},
    "bench": {"index", "qa", "seeds"},
}
OURS = {*MAY_IMPORT, "tests"}


def modules(package: str) -> list[Path]:
    single = ROOT / f"{package}.py"
    return [single] if single.exists() else sorted((ROOT / package).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the dotted names of all imports, those inside functions too, and their lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield node.module or "", node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


SHIPPED = [path for package in ("index", "qa", "app", "seeds") for path in modules(package)]
ALL = [path for package in MAY_IMPORT for path in modules(package)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_only_towards_the_index(package: str) -> None:
    wrong = [
        f"{name_of(path)}:{line}: {name}"
        for path in modules(package)
        for name, line in imports(path)
        if (top := name.split(".")[0]) in OURS and top != package and top not in MAY_IMPORT[package]
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ORDER)
def test_modules_import_only_earlier_stages(package: str) -> None:
    order, inside = {name: at for at, name in enumerate(ORDER[package])}, package.split(".")
    wrong = []
    for path in modules("/".join(inside)):
        stage = path.relative_to(ROOT.joinpath(*inside)).parts[0].removesuffix(".py")
        if stage in ("__init__", "__main__"):
            continue
        assert stage in order, f"{name_of(path)}: say in ORDER which stage it is"
        for name, line in imports(path):
            parts = name.removeprefix(f"{package}.").split(".")
            if name.startswith(f"{package}.") and parts[0] in order and parts[0] != stage:
                serves = (stage, parts[0]) == ("command", "web")  # `surveyqa serve` imports the app when asked for it
                if order[parts[0]] > order[stage] and not serves:
                    wrong.append(f"{name_of(path)}:{line}: {name}")
    assert wrong == []


@pytest.mark.parametrize("package", ["index", "qa", "seeds", "train", "bench/papers"])
def test_folders_stay_small(package: str) -> None:
    folders = {path.parent for path in modules(package)}
    crowded = {name_of(one): count for one in folders if (count := len(list(one.glob("*.py")))) > 30}
    assert crowded == {}, "look for the second room in it"


def test_only_web_imports_the_browser_framework() -> None:
    users = {path.relative_to(ROOT) for path in SHIPPED for name, _ in imports(path) if name.split(".")[0] == "gradio"}
    assert users and all(path.parts[:2] == ("qa", "web") for path in users)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_nothing_prints_and_no_except_is_bare(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"{name_of(path)}:{node.lineno}: print()"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{name_of(path)}:{node.lineno}: a bare except"


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, "look for the second verb in it"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= 50, f"{name_of(path)}:{node.lineno}: {node.name} has {lines} lines"


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_modules_say_what_they_do(path: Path) -> None:
    assert ast.get_docstring(tree(path)), f"{name_of(path)}: no docstring"


def test_every_package_is_shipped_and_no_tool_of_the_workshop() -> None:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"][
        "find"
    ]
    packages = {path.parent.relative_to(ROOT) for name in OURS for path in (ROOT / name).rglob("__init__.py")}
    names = {".".join(path.parts) for path in packages}
    shipped = {name for name in names if any(fnmatchcase(name, pattern) for pattern in found["include"])}
    assert shipped == {name for name in names if name.split(".")[0] in ("index", "qa", "seeds")}
    assert {"qa.parts", "index.readers.html", "seeds"} <= shipped


def test_errors_are_one_tree_of_at_most_six() -> None:
    from index import errors

    classes = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    assert all(issubclass(kind, errors.SurveyQAError) for kind in classes)
    assert len(classes) <= 6
    assert errors.__doc__ is not None and all(kind.__name__ in errors.__doc__ for kind in classes)
