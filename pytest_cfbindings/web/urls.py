"""WHATWG URLs, by the parser that workerd itself has."""


def parse_url(text: str) -> str | None:
    """The URL's serialised form; None for a text that is no absolute URL."""
    import ada_url

    try:
        return ada_url.URL(text).href
    except ValueError:
        return None
