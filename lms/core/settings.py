"""Settings: one frozen object, built once from ``LMS_*`` variables; every problem is listed at once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

PREFIX = "LMS_"
MAILERS = ("console", "smtp", "memory")
MOST_MEGABYTES = 19
"""A whole request has 20 at most."""
MOST_OFFLINE_DAYS = 30
"""A phone is lost more easily than a server: names stay on it no longer than they are needed."""


class Secret(str):
    """A string that never shows itself in logs or error pages."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return dots."""
        return "Secret(…)"


class SettingsInvalid(ValueError):
    """The settings have problems; ``problems`` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        """Keep all sentences, so that one start shows them all."""
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation runs. See docs/operations.md for the meaning of every variable."""

    data_dir: Path
    """Where the embedded shape keeps its database, files and secret key."""
    secret_key: Secret
    """Signs cookies and links; at least 32 characters. Left out, one is made once and kept in the data folder."""
    database_url: str
    """A sqlite:/// or postgresql:// address. Left out, SQLite in the data folder."""
    public_url: str = "http://127.0.0.1:8000"
    """Address that people type; links in e-mails and QR codes start with it."""
    jobs_url: str = ""
    """Queue: empty for SQLite beside the database, else a postgresql:// or redis:// address."""
    mailer: str = "console"
    """Where e-mails go: ``console`` prints them, ``smtp`` sends them, ``memory`` keeps them for tests."""
    mail_from: str = "Ruta <no-responder@example.org>"
    """Sender of every e-mail."""
    smtp_host: str = "127.0.0.1"
    """Name or address of the mail server."""
    smtp_port: int = 587
    """Port of the mail server."""
    smtp_user: str = ""
    """Account at the mail server; empty when it asks for none."""
    smtp_password: Secret = field(default=Secret(""))
    """Password of that account; never shown in logs or error pages."""
    smtp_tls: bool = True
    """Whether the connection to the mail server is encrypted with STARTTLS before anything is said."""
    timezone: str = "America/Cancun"
    """Time zone in which pages, e-mails and certificates show moments."""
    content_dir: Path = Path("content")
    """Folder of the courses and of the reference data that authors keep."""
    designs_dir: Path = Path("certificates")
    """Folder of the certificate designs."""
    sign_p12: Path | None = None
    """PKCS#12 with the institution's certificate and key, which signs issued documents; empty signs none."""
    sign_password: Secret = field(default=Secret(""))
    """Password of that file; never shown in logs or error pages."""
    sign_password_file: Path | None = None
    """File that holds the password, instead of the variable."""
    sign_tsa_url: str = ""
    """Address of a service of time stamps (RFC 3161) that is asked at each signature; empty asks none."""
    former_hosts: tuple[str, ...] = ()
    """Hosts under which the product was reached before, still pointing here; what was issued then stays checkable."""
    answer_megabytes: int = 10
    """How many megabytes a file may have that answers a question, 19 at most; a question may ask for less."""
    offline_days: int = 7
    """How many days a phone keeps a list without a line, and after a meeting its marks are taken: 1 to 30."""
    plugins: tuple[str, ...] = ()
    """Names of guest plugins that are allowed in; installed is not enabled."""
    safe_mode: bool = False
    """Starts without any guest plugin, to find out whether one of them is the trouble."""
    trace_plugins: bool = False
    """Prints every call of a hook while the application is built."""
    trusted_proxies: int = 0
    """How many reverse proxies stand before the server and set X-Forwarded-* headers."""
    testing: bool = False
    """Set by the test suite only; no variable reaches it."""

    @property
    def is_https(self) -> bool:
        """Say whether people reach the product over TLS; cookies are then Secure."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def host(self) -> str:
        """Return host and port of the public address."""
        return urlsplit(self.public_url).netloc

    @property
    def zone(self) -> ZoneInfo:
        """Return the installation's time zone."""
        return ZoneInfo(self.timezone)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Return the settings of the environment; raises SettingsInvalid with every problem found."""
        return cls(**_Reader(os.environ if environ is None else environ).read())


def serve_at(address: str) -> None:
    """Let links begin with the address that is served, here and in child processes, unless another was set."""
    os.environ.setdefault(f"{PREFIX}PUBLIC_URL", address)


class _Reader:
    """Reads and checks the variables one by one, noting problems instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._values = {k.removeprefix(PREFIX).lower(): v for k, v in environ.items() if k.startswith(PREFIX)}
        self._problems: list[str] = []

    def read(self) -> dict[str, Any]:
        known = set(Settings.__dataclass_fields__) - {"testing"}
        for name in sorted(set(self._values) - known):
            self._problems.append(f"{PREFIX}{name.upper()}: no existe esa variable. Revise cómo se escribe.")
        data_dir = Path(self._text("data_dir", "var")).absolute()
        values: dict[str, Any] = {
            "data_dir": data_dir,
            "database_url": self._database(data_dir),
            "public_url": self._url("public_url"),
            "timezone": self._timezone(),
            "mailer": self._choice("mailer", MAILERS),
            "smtp_port": self._integer("smtp_port"),
            "trusted_proxies": self._integer("trusted_proxies"),
            "answer_megabytes": self._integer("answer_megabytes"),
            "offline_days": self._integer("offline_days"),
            "plugins": tuple(part for part in self._text("plugins", "").replace(",", " ").split() if part),
        }
        for name in ("jobs_url", "mail_from", "smtp_host", "smtp_user"):
            values[name] = self._text(name)
        for name in ("smtp_tls", "safe_mode", "trace_plugins"):
            values[name] = self._flag(name)
        for name in ("content_dir", "designs_dir"):
            values[name] = Path(self._text(name, str(getattr(Settings, name)))).absolute()
        values["smtp_password"] = Secret(self._text("smtp_password", ""))
        values["former_hosts"] = tuple(self._text("former_hosts", "").lower().replace(",", " ").split())
        values |= self._signing()
        values["secret_key"] = self._secret(data_dir)
        if not 1 <= values["answer_megabytes"] <= MOST_MEGABYTES:
            self._problem("answer_megabytes", f"escriba de 1 a {MOST_MEGABYTES}.")
        if not 1 <= values["offline_days"] <= MOST_OFFLINE_DAYS:
            self._problem("offline_days", f"escriba de 1 a {MOST_OFFLINE_DAYS}.")
        if self._problems:
            raise SettingsInvalid(self._problems)
        return values

    def _signing(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            "sign_p12": self._file("sign_p12"),
            "sign_password_file": self._file("sign_password_file"),
            "sign_password": Secret(self._values.get("sign_password", "")),
            "sign_tsa_url": self._url("sign_tsa_url") if self._text("sign_tsa_url") else "",
        }
        if values["sign_password_file"] and values["sign_password"]:
            self._problem(
                "sign_password_file", "ya hay una contraseña en LMS_SIGN_PASSWORD; deje una de las dos."
            )
        elif values["sign_password_file"]:
            values["sign_password"] = Secret(values["sign_password_file"].read_text().rstrip("\r\n"))
        if values["sign_tsa_url"] and not values["sign_p12"]:
            self._problem("sign_tsa_url", "falta el certificado que firma: indíquelo en LMS_SIGN_P12.")
        return values

    def _file(self, name: str) -> Path | None:
        text = self._text(name, "")
        if not text:
            return None
        path = Path(text).absolute()
        if not os.access(path, os.R_OK) or not path.is_file():
            self._problem(name, f"no se puede leer el archivo {path}.")
            return None
        return path

    def _text(self, name: str, default: str | None = None) -> str:
        fallback = getattr(Settings, name, "") if default is None else default
        return self._values.get(name, str(fallback)).strip()

    def _problem(self, name: str, sentence: str) -> None:
        self._problems.append(f"{PREFIX}{name.upper()}: {sentence}")

    def _integer(self, name: str) -> int:
        text = self._text(name)
        if not text.isdecimal():
            self._problem(name, f"escriba un número entero; dice «{text}».")
            return 0
        return int(text)

    def _flag(self, name: str) -> bool:
        text = self._text(name).lower()
        if text not in {"1", "0", "true", "false", "yes", "no", "si", "sí"}:
            self._problem(name, f"escriba 1 o 0; dice «{text}».")
        return text in {"1", "true", "yes", "si", "sí"}

    def _choice(self, name: str, choices: tuple[str, ...]) -> str:
        text = self._text(name)
        if text not in choices:
            self._problem(name, f"elija una de: {', '.join(choices)}; dice «{text}».")
        return text

    def _url(self, name: str) -> str:
        text = self._text(name).rstrip("/")
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            self._problem(name, f"escriba una dirección completa, con http:// o https://; dice «{text}».")
        return text

    def _timezone(self) -> str:
        text = self._text("timezone")
        if text not in available_timezones():
            self._problem(
                "timezone", f"no es una zona horaria conocida; dice «{text}». Ejemplo: America/Lima."
            )
        return text

    def _database(self, data_dir: Path) -> str:
        text = self._text("database_url", "") or f"sqlite:///{data_dir / 'ruta.db'}"
        if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            self._problem("database_url", "use una dirección sqlite:/// o postgresql://.")
        return text

    def _secret(self, data_dir: Path) -> Secret:
        text = self._text("secret_key", "")
        if text:
            if len(text) < 32:
                self._problem("secret_key", "use al menos 32 caracteres al azar.")
            return Secret(text)
        return self._kept_secret(data_dir / "secret_key")

    def _kept_secret(self, path: Path) -> Secret:
        try:
            if not path.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                    file.write(secrets.token_hex(32))
            return Secret(path.read_text().strip())
        except OSError as error:
            self._problem(
                "data_dir", f"no se puede escribir en {path.parent} ({error.strerror}). Elija otra carpeta."
            )
            return Secret("")
