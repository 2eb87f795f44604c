"""What can be done with certificates."""

from lms.core.actors import Permission


class CertificatePermission(Permission):
    """Permissions over issued certificates and what is missing for one."""

    HOLD = "certificates.hold"
    """See and download one's own certificates, and see what one is missing."""
    READ = "certificates.read-register"
    """See and download the certificates of people in reach, and see what they are missing."""
    ISSUE = "certificates.issue"
    """Order certificates for those who meet every requirement; nobody can order one for somebody who does not."""
    RECTIFY = "certificates.rectify"
    """Correct a document that says something wrong, and download the versions that were replaced."""
    REVOKE = "certificates.revoke"
    """Cancel a certificate."""
    SET_POLICY = "certificates.set-policy"
    """Write down what a programme asks for its documents, how long they are valid and how they look."""
