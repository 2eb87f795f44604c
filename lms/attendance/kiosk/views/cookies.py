"""What a tablet keeps in its signed session; each note is read once, so going back shows nothing."""

from typing import Final

KEY: Final = "kiosk"
"""The key that opens this meeting's door."""
SEARCHED: Final = "kiosk-searched"
DONE: Final = "kiosk-done"
