"""The public contracts that plugins fulfil."""
