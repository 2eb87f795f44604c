"""The roll call on a phone that has no line: lists kept on the device, marks that arrive later."""
