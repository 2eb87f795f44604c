# Every task of the project; `make` alone lists them. The two that matter: `make run` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help run test setup fix bench walk docs editor lock clean

VENV := .venv/bin
# The first Python that starts: a version manager may leave commands on the PATH that do not.
PYTHON = $(shell for p in $(VENV)/python python3 python3.13 python3.12 python3.11 python; do \
	$$p -c '' >/dev/null 2>&1 && { echo $$p; break; }; done)
NO_PYTHON := No encuentro Python en este equipo. Instale Python 3.11 o posterior y repita la orden.

define bootstrap
@python="$(PYTHON)"; test -n "$$python" || { echo "$(NO_PYTHON)" >&2; exit 1; }; \
	$$python -I -S tools/bootstrap.py $(1)
endef

help: ## Muestra esta lista
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Prepara todo y abre la plataforma con el programa de demostración (Ctrl-C la detiene)
	$(call bootstrap,run)
	@exec $(VENV)/lms run --demo

test: ## Ejecuta todas las comprobaciones; con ONLY="types sqlite" solo esas
	$(call bootstrap,test)
	@exec $(VENV)/python -m tools.check_all $(ONLY)

setup: ## Prepara .venv con lo necesario para desarrollar
	$(call bootstrap,test)

fix: ## Da formato y corrige lo que se puede corregir solo
	$(call bootstrap,test)
	@$(VENV)/ruff check --fix-only --quiet .
	@$(VENV)/ruff format .

bench: ## Mide el rendimiento; con B=nombre, una sola medición
	$(call bootstrap,test)
	@exec $(VENV)/python -m bench $(B)

walk: ## Recorre en un teléfono cada página de cada curso como la lee cada sector (varios minutos)
	$(call bootstrap,test)
	@WALK=all exec $(VENV)/python -m pytest tests/browser/test_content.py -q

docs: ## Regenera la documentación de referencia en docs/
	$(call bootstrap,test)
	@exec $(VENV)/python -m tools.build_docs

editor: ## Reconstruye el editor de código de lms/web/static/vendor; solo esto necesita Node
	@cd tools/editor && npm ci --silent && node build.js

lock: ## Renueva constraints.txt con las versiones vigentes de las dependencias
	$(call bootstrap,test)
	@$(VENV)/python -m pip install --quiet --disable-pip-version-check uv
	@$(VENV)/uv pip compile setup.cfg --universal --all-extras --upgrade --quiet --python-version 3.11 \
		--no-emit-index-url --custom-compile-command "make lock" -o constraints.txt

clean: ## Borra cachés y archivos generados (nunca la base de datos ni .venv)
	@rm -rf build dist bench/out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov
	@rm -f .coverage .coverage.*
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
