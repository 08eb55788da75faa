"""The environment is made from a lock, and left alone when it is current."""

import ast
import sys
from pathlib import Path

import pytest

from ethicsforum.local import bootstrap


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment with nothing in it, beside lock files of its own."""
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    for kind in bootstrap.LOCKS:
        (requirements / f"{kind}.txt").write_text(f"# {kind}\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path / ".venv"


def stamp(venv: Path, kind: str) -> None:
    (venv / bootstrap.STAMP).write_text(f"{kind}\n{bootstrap._stamp(venv, kind)}")


def test_old_python_is_refused_in_one_sentence() -> None:
    with pytest.raises(bootstrap.Failure) as refused:
        bootstrap.check_version((3, 6, 15, "final", 0))
    assert "needs Python 3.11 or later, and this python3 is 3.6" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_newer_python_is_welcome() -> None:
    bootstrap.check_version((3, 14, 0, "final", 0))


def test_old_python_can_read_the_file() -> None:
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("installed", "enough_for"),
    [("run", {"run"}), ("test", {"run", "test"}), ("dev", {"run", "test", "dev"})],
)
def test_each_lock_holds_the_ones_before_it(
    venv: Path, installed: str, enough_for: set[str]
) -> None:
    stamp(venv, installed)
    current = {kind for kind in bootstrap.LOCKS if bootstrap.is_current(venv, kind)}
    assert current == enough_for


def test_changed_lock_is_installed_again(venv: Path) -> None:
    stamp(venv, "dev")
    (venv.parent / "requirements" / "dev.txt").write_text("# newer\n")
    assert not bootstrap.is_current(venv, "run")


def test_environment_whose_python_is_gone_is_made_again(venv: Path) -> None:
    stamp(venv, "run")
    (venv / "bin" / "python").unlink()
    assert not bootstrap.is_current(venv, "run")


def test_current_environment_is_not_written_to(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp(venv, "run")
    monkeypatch.setattr(bootstrap, "_install", lambda *_: pytest.fail("installs"))
    bootstrap.prepare(venv, ["run"])


def test_folder_with_other_things_is_not_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter").touch()
    monkeypatch.setenv("VENV", str(tmp_path))
    assert bootstrap.main(["run"]) == 1
    assert f"{tmp_path} holds something else" in capsys.readouterr().err
    assert (tmp_path / "letter").exists()


def test_place_below_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VENV", str(tmp_path / "file" / "venv"))
    assert bootstrap.main(["run"]) == 1
    said = capsys.readouterr().err
    assert "VENV" in said
    assert said.count("\n") == 1


def test_unknown_lock_is_refused() -> None:
    assert bootstrap.main(["production"]) == 1
