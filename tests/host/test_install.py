"""What a host installs: the requirements as Community Cloud resolves them, and the container's steps one by one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution, files, requires
from pathlib import Path
from threading import Thread

import pytest
from dockerfile_parse import DockerfileParser
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.app import ROOT
from tests.test_quality import BIN

LINES = (ROOT / "requirements.txt").read_text().splitlines()
REQUIREMENTS = [Requirement(line) for line in LINES if line and not line.startswith("#")]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HOSTED = ("3.12", "3.13", "3.14")
"""Those for which PyTorch hosts a wheel without CUDA that the course names."""
WHEELS = "https://download.pytorch.org/whl/cpu"
DRY = "--dry-run --quiet --report=- --ignore-installed --target=nowhere --python-version=3.12 --only-binary=:all:"
COMPILE = "--quiet --no-header --no-annotate --no-cache --only-binary=:all: --python-platform=x86_64-manylinux_2_28"
AUDIT = "--no-deps --disable-pip --format=json --progress-spinner=off --timeout=10"
CLOUD = {"python_version": "3.12", "python_full_version": "3.12.11"}
"""Community Cloud's Python. The rest of it, Linux on x86-64, is what the tests run on."""


def tag(python: str) -> str:
    """What wheels for this Python are called."""
    return "-".join(2 * [f"cp{python.replace('.', '')}"])


def torch_for(system: str, machine: str, python: str) -> Requirement:
    """The one line about PyTorch that holds on such a machine."""
    there = {"sys_platform": system, "platform_machine": machine, "python_version": python}
    (found,) = [each for each in REQUIREMENTS if each.name == "torch" and each.marker and each.marker.evaluate(there)]
    return found


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("system", "machine"), [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("win32", "AMD64")]
)
def test_pytorch_comes_as_one_version_everywhere_and_without_cuda_where_the_course_is_hosted(
    system: str, machine: str, python: str
) -> None:
    found = torch_for(system, machine, python)
    if (system, machine) == ("linux", "x86_64") and python in HOSTED:
        assert found.url == f"{WHEELS}/torch-2.13.0%2Bcpu-{tag(python)}-manylinux_2_28_x86_64.whl"
    else:
        assert (found.url, str(found.specifier)) == (None, "==2.13.0")


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[Path]:
    """The requirements with PyTorch's server replaced by one on this machine, which has wheels of the same names and
    nothing in them."""
    info = "torch-2.13.0+cpu.dist-info"
    for python in HOSTED:
        tags = f"{tag(python)}-manylinux_2_28_x86_64"
        with zipfile.ZipFile(tmp_path / f"torch-2.13.0+cpu-{tags}.whl", "w") as archive:
            archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: torch\nVersion: 2.13.0+cpu\n")
            told = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: {tags}\n"
            archive.writestr(f"{info}/WHEEL", told)
            archive.writestr(f"{info}/RECORD", "")
    serve = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        there = tmp_path / "requirements.txt"
        there.write_text("\n".join(LINES).replace(WHEELS, f"http://127.0.0.1:{server.server_port}"))
        yield there
        server.shutdown()


def test_pip_resolves_the_requirements_on_the_platforms_python_without_cuda(stand_in: Path) -> None:
    # pip reads conditions by the Python it runs on, so it is told that this one is the platform's.
    pretend = f"""
import sys
import pip._vendor.packaging.markers as markers
here = markers.default_environment
markers.default_environment = lambda: here() | {CLOUD!r}
from pip._internal.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
    platforms = " ".join(f"--platform=manylinux{tag}_x86_64" for tag in ("_2_28", "_2_27", "_2_24", "_2_17", "2014"))
    done = subprocess.run(
        [sys.executable, "-c", pretend, "install", f"--requirement={stand_in}", *f"{DRY} {platforms}".split()],
        capture_output=True,
        text=True,
        cwd=stand_in.parent,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)["install"]
    found = {item["metadata"]["name"].lower(): item["metadata"]["version"] for item in report}
    assert found["torch"] == "2.13.0+cpu"
    assert not [name for name in found if name.startswith(("nvidia", "cuda", "triton"))]
    assert {each.name: each.specifier for each in REQUIREMENTS if each.name != "torch"}.items() <= {
        name: Requirement(f"{name}=={version}").specifier for name, version in found.items()
    }.items()


@pytest.mark.parametrize("python", PYTHONS)
def test_uv_finds_a_wheel_for_everything_on_every_supported_python_and_no_cuda_where_the_course_is_hosted(
    python: str, stand_in: Path
) -> None:
    done = subprocess.run(
        [BIN / "uv", "pip", "compile", *COMPILE.split(), f"--python-version={python}", stand_in],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = [Requirement(line) for line in done.stdout.splitlines()]
    (torch,) = [each for each in found if each.name == "torch"]
    assert (torch.url or "").rpartition("/")[2] == (
        f"torch-2.13.0%2Bcpu-{tag(python)}-manylinux_2_28_x86_64.whl" if python in HOSTED else ""
    )
    if python in HOSTED:
        assert not [each.name for each in found if each.name.startswith(("nvidia", "cuda", "triton"))]


def test_nothing_known_to_be_unsafe_is_installed(tmp_path: Path) -> None:
    pinned = tmp_path / "requirements.txt"
    pinned.write_text("\n".join(f"{each.name}{each.specifier or '==2.13.0'}" for each in REQUIREMENTS[: -len(HOSTED)]))
    done = subprocess.run(
        [BIN / "pip-audit", *AUDIT.split(), f"--requirement={pinned}"],
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout or '{"dependencies": []}')["dependencies"]
    audited = [each for each in found if "vulns" in each]
    if not audited:
        pytest.skip(f"The data of the audit cannot be had here: {done.stderr[-300:]}")
    assert not [each for each in audited if each["vulns"]]


def test_the_dockerfile_has_no_fault_a_linter_knows() -> None:
    done = subprocess.run([BIN / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def as_user(user: str) -> list[str]:
    """How to run a command as the user of that number, where one may. It may read what root may, because the Python
    of the tests can be root's, and write nothing of root's."""
    if os.geteuid() or not shutil.which("setpriv"):
        return []
    read = [
        "--inh-caps=-all,+dac_read_search",
        "--ambient-caps=-all,+dac_read_search",
        "--bounding-set=-all,+dac_read_search",
    ]
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *read]


def needed(names: Iterable[str]) -> set[str]:
    """These distributions and all that they need here, by their names as packagers write them."""
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for line in requires(name) or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(canonicalize_name(requirement.name))
    return found


def link_distributions(names: set[str], site: Path) -> None:
    """Make the files of installed distributions, and of no others, importable from `site`."""
    for name in names:
        for top in {file.parts[0] for file in files(name) or () if file.parts[0] not in ("..", "__pycache__")}:
            target = site / top
            if not target.exists():
                target.symlink_to(Path(str(distribution(name).locate_file(top))))


def test_each_step_of_the_dockerfile_does_what_it_says(tmp_path: Path) -> None:
    with (ROOT / "Dockerfile").open("rb") as dockerfile:
        steps = DockerfileParser(fileobj=dockerfile).structure
    image, before = tmp_path / "image", tmp_path / "python"
    image.mkdir()
    # In place of the image that it starts from: this Python, with what the requirements need and nothing else. So pip
    # finds that nothing is missing, and a library that no requirement brings is missing when the course starts.
    subprocess.run([sys.executable, "-m", "venv", before], check=True)
    site = before / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    link_distributions(needed(each.name for each in REQUIREMENTS if not each.marker or each.marker.evaluate()), site)
    assert subprocess.run([before / "bin" / "python", "-c", "import sklearn"], capture_output=True).returncode
    env = {"PATH": f"{before / 'bin'}:{os.environ['PATH']}"}
    user: list[str] = []
    health: list[str] = []
    for step in steps:
        what, value = step["instruction"], step["value"]
        if what == "COPY":
            source, target = value.split()
            copied = ROOT / source
            if copied.is_dir():
                shutil.copytree(copied, image / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(copied, image / target)
        elif what == "RUN":
            done = subprocess.run(["sh", "-c", value], cwd=image, env=os.environ | env, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            assert "Collecting" not in done.stdout, done.stdout
        elif what == "ENV":
            name, _, set_to = value.partition("=")
            env[name] = set_to
        elif what == "USER":
            user = as_user(value)
        elif what == "HEALTHCHECK":
            health = json.loads(value.partition("CMD")[2])
        elif what == "CMD":
            with subprocess.Popen([*user, *json.loads(value)], cwd=image, env=env) as course:
                try:
                    for _ in range(300):
                        well = subprocess.run([*user, *health], env=env, capture_output=True).returncode == 0
                        if well or course.poll() is not None:
                            break
                        time.sleep(0.1)
                    assert well
                finally:
                    course.terminate()
        else:
            assert what in ("FROM", "WORKDIR", "EXPOSE", "COMMENT"), step
    assert health, "no health check"
    # What the course needs is copied, and no more.
    assert {path.name for path in image.iterdir()} == {
        ".streamlit",
        "Home.py",
        "engine",
        "lessons",
        "pages",
        "requirements.txt",
    }
