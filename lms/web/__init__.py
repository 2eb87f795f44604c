"""The HTML kit and the look: layouts, macros, style sheets, icons, formats. It knows no feature."""
