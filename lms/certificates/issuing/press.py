"""With what documents are made in the running product; loading the layout library takes its time."""

from lms.certificates.designs.draw import draw
from lms.certificates.issuing.design import design_named
from lms.certificates.issuing.making import Press


def real_press() -> Press:
    """Return the designs of the installation and the real drawing."""
    return Press(design=design_named, draw=draw)
