"""The course compiler: a folder goes in, a value comes out; it knows no web and no database."""
