"""Who gets a certificate, under which folio, and what exactly was issued."""
