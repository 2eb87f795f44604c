"""Every fixture is shipped in the product's own pytest plugin."""

pytest_plugins = ["lms.testing.pytest_plugin", "lms.testing.live"]
