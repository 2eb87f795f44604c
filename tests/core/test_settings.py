"""Settings are checked all at once, and secrets stay hidden."""

import pytest

from lms.core.settings import Secret, Settings, SettingsInvalid


def env(tmp_path, **values):
    return {"LMS_DATA_DIR": str(tmp_path), **{f"LMS_{name.upper()}": value for name, value in values.items()}}


def test_nothing_set_gives_an_embedded_installation(tmp_path):
    settings = Settings.from_env(env(tmp_path))
    assert settings.database_url == f"sqlite:///{tmp_path / 'ruta.db'}"
    assert settings.mailer == "console"


def test_every_problem_is_listed_at_once(tmp_path):
    bad = env(
        tmp_path, smtp_port="mucho", timezone="Luna", mailer="paloma", public_url="ruta", databse_url="x"
    )
    with pytest.raises(SettingsInvalid) as refusal:
        Settings.from_env(bad)
    assert len(refusal.value.problems) == 5
    for name in ("SMTP_PORT", "TIMEZONE", "MAILER", "PUBLIC_URL", "DATABSE_URL"):
        assert any(problem.startswith(f"LMS_{name}:") for problem in refusal.value.problems)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first, second = Settings.from_env(env(tmp_path)), Settings.from_env(env(tmp_path))
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_secret_does_not_show_itself(tmp_path):
    settings = Settings.from_env(env(tmp_path, secret_key="s" * 40, smtp_password="clave"))
    assert "clave" not in repr(settings)
    assert "ssss" not in repr(settings)
    assert repr(Secret("x")) == "Secret(…)"


def test_a_short_secret_key_is_refused(tmp_path):
    with pytest.raises(SettingsInvalid, match="32 caracteres"):
        Settings.from_env(env(tmp_path, secret_key="corta"))


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsInvalid, match="Elija otra carpeta"):
        Settings.from_env(env(tmp_path / "file" / "inside"))


@pytest.mark.parametrize("text", ["1", "true", "sí", "yes"])
def test_flags_read_as_people_write_them(tmp_path, text):
    assert Settings.from_env(env(tmp_path, safe_mode=text)).safe_mode


def test_the_password_of_the_certificate_may_lie_in_a_file(tmp_path):
    (tmp_path / "firma.p12").write_bytes(b"")
    (tmp_path / "firma.password").write_text("la de la secretaría\n")
    signing = {
        "sign_p12": str(tmp_path / "firma.p12"),
        "sign_password_file": str(tmp_path / "firma.password"),
    }
    settings = Settings.from_env(env(tmp_path, **signing))
    assert str(settings.sign_password) == "la de la secretaría"
    assert "secretaría" not in repr(settings)
    with pytest.raises(SettingsInvalid, match="deje una de las dos"):
        Settings.from_env(env(tmp_path, **signing, sign_password="otra"))
    with pytest.raises(SettingsInvalid, match="falta el certificado"):
        Settings.from_env(env(tmp_path, sign_tsa_url="http://sellos.example.org"))
    with pytest.raises(SettingsInvalid, match="no se puede leer"):
        Settings.from_env(env(tmp_path, sign_p12=str(tmp_path / "otra.p12")))
