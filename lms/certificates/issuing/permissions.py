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
    REVOKE = "certificates.revoke"
    """Cancel a certificate."""
