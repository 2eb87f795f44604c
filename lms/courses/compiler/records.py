"""Ask a YAML mapping for typed values; every wrong one becomes a problem at its line."""

import re
from collections.abc import Mapping
from datetime import date

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.yaml_nodes import YamlNode

_YES = frozenset({"si", "sí", "yes", "true"})
_NO = frozenset({"no", "false"})
_JURISDICTION = re.compile(r"general|[A-Z]{2}")
_DIGITS = 9


class Record:
    """A mapping whose keys are known: Spanish ones and their English aliases."""

    def __init__(self, node: YamlNode, path: str, keys: Mapping[str, str], findings: Findings) -> None:
        """Read the mapping; `keys` leads from every accepted key to its canonical Spanish one."""
        self.line = node.line
        self.path = path
        self.findings = findings
        self._values: dict[str, YamlNode] = {}
        if not isinstance(node.value, dict):
            findings.error(Code.BAD_VALUE, path, node.line, "Aquí van pares de «clave: valor».")
            return
        for key, value in node.value.items():
            self._keep(key, value, keys)

    def _keep(self, key: str, value: YamlNode, keys: Mapping[str, str]) -> None:
        if key not in keys:
            message = f"La clave «{key}» no existe.{did_you_mean(key, keys)}"
            self.findings.error(Code.UNKNOWN_KEY, self.path, value.line, message)
        elif keys[key] in self._values:
            message = f"«{key}» y su otra forma dicen lo mismo dos veces: deje una."
            self.findings.error(Code.DUPLICATE_KEY, self.path, value.line, message)
        else:
            self._values[keys[key]] = value

    def line_of(self, key: str) -> int:
        """Return the line of a key, or that of the record when the key is missing."""
        return self._values[key].line if key in self._values else self.line

    def node(self, key: str) -> YamlNode | None:
        """Return the raw value of a key."""
        return self._values.get(key)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; without a default the key is mandatory and not empty."""
        node = self._values.get(key)
        if node is None or node.value == "":
            if default is None:
                self._missing(key)
            return default or ""
        if not isinstance(node.value, str):
            self._bad(key, "debe ser un texto")
            return ""
        return node.value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one; a missing key is an empty one."""
        node = self._values.get(key)
        if node is None or node.value == "":
            return ()
        if isinstance(node.value, str):
            return (node.value,)
        if isinstance(node.value, dict) or not all(isinstance(item.value, str) for item in node.value):
            self._bad(key, "debe ser una lista, como [uno, dos]")
            return ()
        return tuple(str(item.value) for item in node.value)

    def whole(self, key: str, *, at_most: int) -> int:
        """Return a mandatory whole number from one to a limit; one when it is wrong."""
        value = self.text(key)
        if value.isascii() and value.isdigit() and len(value) <= _DIGITS and 1 <= int(value) <= at_most:
            return int(value)
        if value:
            self._bad(key, f"debe ser un número entero entre 1 y {at_most}")
        return 1

    def number(self, key: str, *, at_most: float, default: float | None = None) -> float:
        """Return a number from zero to a limit, written with point or comma."""
        value = self.text(key, default=None if default is None else str(default))
        if re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", value, re.ASCII):
            number = float(value.replace(",", "."))
            if number <= at_most:
                return number
        if value:
            self._bad(key, f"debe ser un número entre 0 y {at_most:g}")
        return 0.0

    def day(self, key: str) -> date:
        """Return a mandatory date written as 2026-11-21; the first possible date when it is wrong."""
        value = self.text(key)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self._bad(key, "no es una fecha del calendario")
                return date.min
        if value:
            self._bad(key, "debe ser una fecha como 2026-11-21")
        return date.min

    def flag(self, key: str) -> bool:
        """Return whether the key says yes; a missing key says no."""
        value = self.text(key, default="no").casefold()
        if value not in _YES | _NO:
            self._bad(key, "debe ser «si» o «no»")
        return value in _YES

    def choice(self, key: str, values: Mapping[str, str], *, default: str) -> str:
        """Return the canonical form of one of some words."""
        value = self.text(key, default=default)
        if value in values:
            return values[value]
        self._bad(key, f"debe ser uno de: {', '.join(dict.fromkeys(values))}.{did_you_mean(value, values)}")
        return values[default]

    def jurisdictions(self, key: str) -> tuple[str, ...]:
        """Return jurisdictions: general, or ISO codes of countries."""
        values = self.texts(key) or ("general",)
        for value in values:
            if not _JURISDICTION.fullmatch(value):
                self._bad(key, "lleva «general» o códigos de país de dos letras, como MX")
        return values

    def _missing(self, key: str) -> None:
        self.findings.error(Code.MISSING_KEY, self.path, self.line, f"Falta «{key}»: agréguelo.")

    def _bad(self, key: str, what: str) -> None:
        self.findings.error(Code.BAD_VALUE, self.path, self.line_of(key), f"«{key}» {what}.")
