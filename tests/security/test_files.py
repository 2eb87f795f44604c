"""Files on the disk: who may read them, and names that lead nowhere else."""

import stat

import pytest

from lms.core.settings import Settings
from lms.core.storage import LocalStorage


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_data_folder_and_its_secret_are_for_the_product_alone(tmp_path):
    folder = tmp_path / "var" / "ruta"
    settings = Settings.from_env({"LMS_DATA_DIR": str(folder)})
    assert mode(folder) == 0o700
    assert mode(folder / "secret_key") == 0o600
    assert len(settings.secret_key) >= 32
    assert settings.secret_key not in repr(settings)


def test_kept_files_are_for_the_product_alone(tmp_path):
    storage = LocalStorage(tmp_path / "files")
    digest = storage.put(b"una constancia")
    path = tmp_path / "files" / digest[:2] / digest
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63 + "/", "", "..", "/" * 64, "." * 64])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(KeyError):
        LocalStorage(tmp_path).get(name)
