"""What the interpreter says of JavaScript that it does not know."""


class Unsupported(Exception):
    """The text is, or may well be, valid JavaScript, but this is no whole engine."""
