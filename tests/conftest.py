"""Every fixture is shipped in the product's own pytest plugin."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["lms.testing.pytest_plugin", "lms.testing.live"]

# How long an example takes says how busy the machine is; speed is measured in ``bench``.
settings.register_profile("ruta", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ruta")
