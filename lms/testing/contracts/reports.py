"""What every report must be, of ours or of a plugin: inherit the class and give the report."""

from typing import ClassVar

from lms.plugins.reports import ColumnKind, Report

COUNTED = {ColumnKind.COUNT, ColumnKind.PERCENT, ColumnKind.PART, ColumnKind.POINTS, ColumnKind.NUMBER}


class ReportContract:
    """A report says in words what each of its figures counts, and its columns can be told apart."""

    report: ClassVar[Report]

    def test_every_figure_has_its_definition(self) -> None:
        """Nobody decides by a figure that is not explained."""
        counted = {
            column.name for column in self.report.columns if column.kind in COUNTED and not column.is_internal
        }
        assert counted <= {indicator.key for indicator in self.report.indicators}

    def test_definitions_say_what_who_and_in_which_unit(self) -> None:
        """No part of a definition that matters is empty."""
        for each in self.report.indicators:
            assert all(str(text).strip() for text in (each.label, each.definition, each.numerator))
            assert str(each.excluded).strip()
            assert str(each.unit).strip()

    def test_columns_have_names_of_their_own(self) -> None:
        """Files and addresses name columns."""
        names = [column.name for column in self.report.columns]
        assert len(names) == len(set(names))
