"""PDF/A-2b, judged by programs that share no code with the product: pikepdf's rules, qpdf and Apache PDFBox."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import pdfa

JARS = Path("/usr/share/java")
PREFLIGHT = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api", "javax.activation")
"""What Debian's packages libpdfbox2-java and libjaxb-api-java bring."""
_UNJUDGED = ("XMP namespace", "XMP property", "interactive forms (/AcroForm) are not supported")
"""pikepdf's rules are a list of what is allowed, without extension schemas and signatures; Preflight judges those."""
_ONLY_FIRST_PART = (
    re.compile(r"2\.1\.6 : .*Invalid version of the ICCProfile"),  # ISO 19005-2, 6.2.4.2: up to version 4
    re.compile(r"3\.1\.11 : .*CIDSet entry is missing"),  # ISO 19005-2, 6.2.11.4.2: may be left out
    re.compile(r"7\.11\.2 : .*part must be 1"),
)
"""Preflight judges ISO 19005-1; these are what the second part, which the files declare, asks differently."""
_OF_FILE = re.compile(r"The file (\S+) is (not )?a valid PDF/A-1b file")


def archive_faults(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return what keeps each of these PDF from being an archive, by name; a file without fault is not in it.

    Programs that this machine lacks judge nothing; the validator of pikepdf is always there.
    """
    found = {name: [*_by_rules(content), *_by_syntax(content)] for name, content in files.items()}
    for name, faults in _by_preflight(files).items():
        found[name].extend(faults)
    return {name: faults for name, faults in found.items() if faults}


def has_preflight() -> bool:
    """Say whether this machine has Java and the validator of Apache PDFBox."""
    return bool(shutil.which("java")) and all((JARS / f"{name}.jar").exists() for name in PREFLIGHT)


def _by_rules(content: bytes) -> list[str]:
    findings = map(str, pdfa.validate_written(BytesIO(content), "2b").findings)
    return [each for each in findings if not any(known in each for known in _UNJUDGED)]


def _by_syntax(content: bytes) -> list[str]:
    with pikepdf.open(BytesIO(content)) as pdf:
        return list(pdf.check_pdf_syntax())  # what qpdf --check says


def _by_preflight(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    if not files or not has_preflight():
        return {}
    with TemporaryDirectory() as folder:
        names = {f"{number}.pdf": name for number, name in enumerate(files)}
        for short, name in names.items():
            (Path(folder) / short).write_bytes(files[name])
        classes = ":".join(str(JARS / f"{name}.jar") for name in PREFLIGHT)
        command = ["java", "-cp", classes, "org.apache.pdfbox.preflight.Validator_A1b", "batch", folder]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    told = read_preflight(ended.stdout)
    if set(told) != set(names):
        message = f"Preflight judged {len(told)} of {len(names)} files: {ended.stderr[-2000:]}"
        raise ValueError(message)
    return {names[short]: faults for short, faults in told.items()}


def read_preflight(said: str) -> dict[str, list[str]]:
    """Return the faults of each file by its name, without those that only the first part of the standard knows."""
    told: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, said.splitlines())):
        if match := _OF_FILE.match(line):
            faults = told.setdefault(match[1], [])
        elif not any(known.match(line) for known in _ONLY_FIRST_PART):
            faults.append(line)
    return told
