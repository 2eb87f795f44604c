"""What anybody needs to check documents without us: the keys and certificates that signed them."""

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.credentials.published import list_badge_keys, list_certificates
from lms.certificates.verification.views.blueprint import answer, bp, guarded
from lms.core.policy import public
from lms.web.links import absolute_url


@bp.get("/keys")
@public("whoever checks a document needs the keys that signed it")
def keys() -> ResponseReturnValue:
    """Show which keys and certificates sign or signed, and how to check with them."""
    badge_keys = list_badge_keys()
    return answer(
        "verification/keys.html",
        200,
        certificates=list_certificates(),
        keys=badge_keys,
        did_url=url_for("badges.did") if badge_keys else "",
    )


@bp.get("/keys.json")
@public("the same answer for machines")
def keys_file() -> ResponseReturnValue:
    """Say the same as JSON."""
    certificates = [
        {
            "subject": each.subject,
            "issuer": each.issuer,
            "serial": each.serial,
            "sha256": each.sha256,
            "not_before": each.starts_at.isoformat(),
            "not_after": each.ends_at.isoformat(),
            "signs_now": each.is_current,
            "pem": each.pem,
        }
        for each in list_certificates()
    ]
    badge_keys = [
        {
            "did": each.did,
            "public_key_multibase": each.public,
            "sha256": each.fingerprint,
            "made_at": each.made_at.isoformat(),
            "retired_at": each.retired_at.isoformat() if each.retired_at else None,
            "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
        }
        for each in list_badge_keys()
    ]
    page = absolute_url("verification.keys")
    return guarded(jsonify(page=page, certificates=certificates, badge_keys=badge_keys), 200)
