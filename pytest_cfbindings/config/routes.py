"""Routes and domains. Tests do not use them, but wrangler refuses wrong ones."""

from .checks import Scope
from .values import MISSING, Field, Table, Value, is_object, json_text, member, members

_SHAPE = "{ pattern, custom_domain, zone_id | zone_name, enabled, previews_enabled }"
_OPTIONS = {
    "zone_id": str,
    "zone_name": str,
    "custom_domain": bool,
    "enabled": bool,
    "previews_enabled": bool,
}


def check_route(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING or _is_route(value):
        return True
    return scope.report.error(
        f'Expected "{field}" to be either a string, or an object with shape'
        f" {_SHAPE}, but got {json_text(value)}."
    )


def check_routes(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    if not isinstance(value, list):
        return scope.report.error(
            f'Expected "{field}" to be an array but got {json_text(value)}.'
        )
    wrong: list[Value] = [route for route in value if not _is_route(route)]
    return not wrong or scope.report.error(
        f'Expected "{field}" to be an array of either strings or objects with the'
        f" shape {_SHAPE}, but these weren't valid: {json_text(wrong, indent=2)}."
    )


def check_route_conflicts(scope: Scope, raw: Table) -> None:
    """Report `route` beside `routes`, and custom domains that an environment takes."""
    routes = raw.get("routes", MISSING)
    if routes is not MISSING and "route" in raw:
        scope.report.error(
            'Expected exactly one of the following fields ["routes","route"].'
        )
    above = (scope.top_level or {}).get("routes")
    domains = [
        str(member(route, "pattern"))
        for route in (above if isinstance(above, list) else [])
        if member(route, "custom_domain") is True
    ]
    if routes is MISSING and domains:
        env = f"env.{scope.environment}"
        scope.report.warning(
            f'The "{env}" environment inherits the top-level `routes` configuration,'
            f" which includes the custom domain(s): {', '.join(domains)}. Deploying"
            " this environment will reassign these custom domains away from the"
            f' top-level Worker. Add `"routes": []` to "{env}" to prevent inheritance,'
            " or copy the route configuration from the top level to hide this warning."
        )


def _is_route(value: Value) -> bool:
    if isinstance(value, str):
        return value != ""
    if not is_object(value) or not isinstance(member(value, "pattern"), str):
        return False
    given = {
        key for key, kind in _OPTIONS.items() if isinstance(member(value, key), kind)
    }
    if len(given) != len(members(value)) - 1 or {"zone_id", "zone_name"} <= given:
        return False
    if "custom_domain" not in given and given & {"enabled", "previews_enabled"}:
        return False
    return bool(given & {"zone_id", "zone_name", "custom_domain"})
