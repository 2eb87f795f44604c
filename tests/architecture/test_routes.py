"""Addresses: readable, typed, and every one with a policy. The committed list is docs/reference/routes.md."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from lms.core.policy import PolicyMissing, check_policies, policy_of

PARAMETER = re.compile(r"<(?:(?P<converter>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?|\.well-known")
"""The exception is where others look for what a site says of itself (RFC 8615)."""
WORDS = {
    "ending",
    "form",
    "rule",
    "slug",
    "module_slug",
    "unit_slug",
    "question_id",
    "sha256",
    "name",
    "role",
    "token",
    "code",
    "key",
}
"""Parameters that are words chosen by people or made by us; everything else says its type."""
FILES = {"static"}
"""Endpoints whose parameter is a path of files."""
PATHS = {"path", "item"}
"""Parameters that name a file inside a draft, folders and all."""


@pytest.fixture
def rules(built_app: Flask) -> list[Rule]:
    return list(built_app.url_map.iter_rules())


def parameters(rule):
    return [(found["converter"] or "string", found["name"]) for found in PARAMETER.finditer(rule.rule)]


def test_addresses_are_in_kebab_case(rules):
    faults = []
    for rule in rules:
        parts = [part for part in rule.rule.split("/") if part and not PARAMETER.search(part)]
        faults += [f"{rule.endpoint}: «{part}» of {rule.rule}" for part in parts if not KEBAB.fullmatch(part)]
    assert faults == [], "write paths in lower case with hyphens"


def test_parameters_say_their_type(rules):
    faults = [
        f"{rule.endpoint}: <{converter}:{name}> of {rule.rule}"
        for rule in rules
        for converter, name in parameters(rule)
        if not (
            converter in {"uuid", "int", "any"}
            or (converter == "string" and name in WORDS)
            or (converter == "path" and name in PATHS)
            or rule.endpoint in FILES
        )
    ]
    assert faults == [], "write <uuid:thing_id> or <int:number>; words are listed in WORDS"


def test_ids_of_rows_are_uuids(rules):
    faults = [
        f"{rule.endpoint}: {name}"
        for rule in rules
        for converter, name in parameters(rule)
        if name.endswith("_id") and name not in WORDS and converter != "uuid"
    ]
    assert faults == []


def test_every_endpoint_has_a_policy(built_app, rules):
    assert [
        rule.endpoint for rule in rules if policy_of(built_app.view_functions[rule.endpoint]) is None
    ] == []


def test_public_endpoints_say_why(built_app):
    policies = {name: policy_of(view) for name, view in built_app.view_functions.items()}
    short = [name for name, policy in policies.items() if policy.is_public and len(policy.reason.split()) < 4]
    assert short == []


def test_an_endpoint_without_policy_stops_the_start():
    app = Flask("bare")
    app.add_url_rule("/loose-end", "loose_end", lambda: "")
    with pytest.raises(PolicyMissing, match="loose_end"):
        check_policies(app)


def test_two_routes_never_answer_the_same_request(rules):
    seen: dict[tuple[str, str], str] = {}
    faults = []
    for rule in rules:
        shape = PARAMETER.sub(lambda found: f"<{found['converter'] or 'string'}>", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            other = seen.setdefault((shape, method), rule.endpoint)
            if other != rule.endpoint:
                faults.append(f"{method} {shape}: {other} and {rule.endpoint}")
    assert faults == []
