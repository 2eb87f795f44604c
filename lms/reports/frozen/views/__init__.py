"""Pages of quarterly reports: for the commission, for whoever has a letter, for everybody."""
