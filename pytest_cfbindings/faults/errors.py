"""What a Worker gets: the exceptions of each product's own kind.

Only one product's room is imported, that of the binding that fails.
"""

from ..javascript.errors import JsError, JsThrow
from .catalogue import Known, Product
from .kv import KV
from .lost_connection import LOST_CONNECTION


def js_error(known: Known) -> JsError:
    """The text as it is, with the flags."""
    made = JsError(known.text)
    made.properties.update((flag, True) for flag in known.flags)
    return made


def raised(product: Product, known: Known, method: str, request: str) -> Exception:
    """What the service's answer is raised as, inside of the binding."""
    if product.name == "D1":
        from ..d1.errors import Refused

        return Refused(known.text)
    if known is LOST_CONNECTION:
        return JsThrow(js_error(known))
    if product is KV:
        return JsThrow(JsError(kv_text(known, method, request)))
    return _r2(known)


def kv_text(known: Known, method: str, request: str) -> str:
    """The whole text for one request of KV."""
    if known.code is None:
        return f"KV {'get' if method == 'getWithMetadata' else method}() {known.text}"
    return f"KV {request} failed: {known.text}"


def _r2(known: Known) -> Exception:
    from ..r2.errors import Problem, Refused

    assert known.code is not None
    # Its form at the S3 API is never seen: faults are those of a binding.
    return Refused(Problem(known.code, known.text, "InternalError", 500))
