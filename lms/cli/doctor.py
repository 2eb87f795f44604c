"""``lms doctor``: looks over the installation and says how to mend each fault."""

import os
import shutil
import smtplib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from lms.app import create_app
from lms.certificates.credentials.checkup import look_at_keys, look_at_signing
from lms.core import migrations
from lms.core.audit import verify_chain
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.models import Job, JobState
from lms.core.plugin_manager import PluginRefused
from lms.core.settings import Settings, SettingsInvalid

MIN_FREE = 500 * 1024 * 1024
"""Bytes of free disk below which certificates may soon not be kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; ``cure`` is empty when all is well."""

    name: str
    detail: str
    cure: str = ""


@click.command(help="Revisar la instalación y decir cómo arreglar cada falla; sale con 1 si hay alguna.")
def doctor() -> None:
    """Print every finding."""
    findings = examine()
    for finding in findings:
        mark = "✗" if finding.cure else "✓"
        click.echo(f"{mark} {finding.name}: {finding.detail}")
        if finding.cure:
            click.echo(f"    {finding.cure}")
    if any(finding.cure for finding in findings):
        raise SystemExit(1)


def examine() -> list[Finding]:
    """Return what was found, from the ground up: no look is taken at what stands on a broken part."""
    try:
        settings = Settings.from_env()
    except SettingsInvalid as error:
        return [
            Finding("Configuración", problem, "Corrija la variable y vuelva a ejecutar.")
            for problem in error.problems
        ]
    findings = [_python(), _folder(settings.data_dir), _content(settings.content_dir), _mail(settings)]
    try:
        app = create_app(settings)
    except PluginRefused as error:
        cure = "Quite el complemento de LMS_PLUGINS o instale la versión que corresponde."
        return [*findings, Finding("Complementos", str(error), cure)]
    except SettingsInvalid as error:
        return [
            *findings,
            *(
                Finding("Firma de documentos", each, "Corrija y vuelva a ejecutar.")
                for each in error.problems
            ),
        ]
    findings.append(Finding("Complementos", f"{len(app.extensions['lms_slices'])} partes activas"))
    findings.append(Finding("Firma de documentos", *look_at_signing(settings, now())))
    with app.app_context():
        findings += [look(app) for look in (_database, _tables)]
        if not any(finding.cure for finding in findings[-2:]):
            findings += [look(app) for look in (_jobs, _audit, _keys)]
    return findings


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    cure = "" if sys.version_info >= (3, 11) else "Instale Python 3.11 o posterior."
    return Finding("Python", version, cure)


def _folder(folder: Path) -> Finding:
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        return Finding(
            "Carpeta de datos",
            f"no se puede escribir en {folder}",
            "Dé permiso de escritura o cambie LMS_DATA_DIR.",
        )
    free = shutil.disk_usage(folder).free
    cure = "" if free > MIN_FREE else "Libere espacio: las constancias se guardan aquí."
    return Finding("Carpeta de datos", f"{folder}, {free // 1024**2} MB libres", cure)


def _content(folder: Path) -> Finding:
    courses = sorted(path.parent.name for path in folder.glob("courses/*/curso.yaml"))
    if not courses:
        return Finding(
            "Cursos", f"no hay cursos en {folder}", "Indique la carpeta de contenidos en LMS_CONTENT_DIR."
        )
    return Finding("Cursos", ", ".join(courses))


def _mail(settings: Settings) -> Finding:
    if settings.mailer != "smtp":
        return Finding("Correo", f"«{settings.mailer}»: los mensajes no salen de esta máquina")
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=5) as server:
            server.noop()
    except OSError as error:
        cure = "Revise LMS_SMTP_HOST, LMS_SMTP_PORT y el cortafuegos."
        return Finding("Correo", f"{settings.smtp_host}:{settings.smtp_port} no responde ({error})", cure)
    return Finding("Correo", f"{settings.smtp_host}:{settings.smtp_port} responde")


def _guarded(look: Callable[[], Finding], name: str) -> Finding:
    try:
        return look()
    except SQLAlchemyError as error:
        return Finding(
            name, str(error).splitlines()[0], "Revise LMS_DATABASE_URL y que el servidor esté encendido."
        )


def _database(_app: Flask) -> Finding:
    def look() -> Finding:
        db.session.execute(text("SELECT 1"))
        return Finding("Base de datos", db.engine.url.render_as_string(hide_password=True))

    return _guarded(look, "Base de datos")


def _tables(_app: Flask) -> Finding:
    def look() -> Finding:
        present, wanted = migrations.current_revision(db.engine), migrations.head_revision()
        cure = "" if present == wanted else "Ejecute «lms db upgrade»."
        return Finding("Tablas", f"paso {present or 'ninguno'} de {wanted}", cure)

    return _guarded(look, "Tablas")


def _jobs(_app: Flask) -> Finding:
    dead = db.session.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.DEAD)) or 0
    waiting = (
        db.session.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.QUEUED)) or 0
    )
    cure = "Vea por qué en la página de trabajos y póngalos de nuevo en la cola." if dead else ""
    return Finding("Trabajos", f"{waiting} en espera, {dead} detenidos por fallas", cure)


def _keys(_app: Flask) -> Finding:
    return Finding("Insignias", *look_at_keys())


def _audit(_app: Flask) -> Finding:
    broken = verify_chain()
    if broken:
        return Finding(
            "Bitácora",
            f"la entrada {broken} no coincide con su sello",
            "Compare con un respaldo: alguien la cambió.",
        )
    return Finding("Bitácora", "los sellos coinciden")
