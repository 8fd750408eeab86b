"""WHATWG URLs, by the parser that workerd itself has."""


def parse_url(text: str, base: str | None = None) -> str | None:
    """The URL's serialised form; None for a text that is no URL, or not absolute."""
    import ada_url

    try:
        return ada_url.URL(text, base=base).href
    except ValueError:
        return None
