"""Which SQL functions there are, and which of them a Worker may call (measured)."""

from typing import Final

_CORE = """
    abs changes char coalesce concat concat_ws format glob hex ifnull iif instr
    last_insert_rowid length like likelihood likely load_extension lower ltrim max min
    nullif octet_length printf quote random randomblob replace round rtrim sign soundex
    substr substring total_changes trim typeof unhex unicode unlikely upper zeroblob
"""
_DATES = """
    date time datetime julianday unixepoch strftime timediff
    current_date current_time current_timestamp
"""
_AGGREGATES = """
    avg count group_concat string_agg sum total
    row_number rank dense_rank percent_rank cume_dist ntile lag lead
    first_value last_value nth_value
"""
_MATHEMATICS = """
    acos acosh asin asinh atan atan2 atanh ceil cos cosh degrees exp floor ln log log2
    mod pi pow radians sin sinh sqrt tan tanh trunc
"""
_JSON = """
    json jsonb json_array jsonb_array json_array_length json_extract jsonb_extract
    -> ->> json_insert jsonb_insert json_object jsonb_object json_patch jsonb_patch
    json_remove jsonb_remove json_replace jsonb_replace json_set jsonb_set json_type
    json_valid json_quote json_group_array jsonb_group_array json_group_object
    jsonb_group_object
"""
_SEARCH = "match highlight bm25 snippet"
_USED_BY_ALTER_TABLE = """
    sqlite_rename_column sqlite_rename_table sqlite_rename_test sqlite_drop_column
    sqlite_rename_quotefix
"""

ALLOWED: Final = frozenset(
    " ".join(
        (
            *(_CORE, _DATES, _AGGREGATES, _MATHEMATICS, _JSON, _SEARCH),
            _USED_BY_ALTER_TABLE,
        )
    ).split()
)

_NOT_IN_WORKERD = """
    median percentile percentile_cont percentile_disc geopoly_area geopoly_bbox
    geopoly_blob geopoly_ccw geopoly_contains_point geopoly_debug geopoly_group_bbox
    geopoly_json geopoly_overlap geopoly_regular geopoly_svg geopoly_within
    geopoly_xform fts3_tokenizer matchinfo offsets optimize carray sqlite_offset
    fts5_insttoken if json_array_insert jsonb_array_insert
    rtreecheck rtreedepth rtreenode unistr unistr_quote
"""

UNKNOWN_TO_WORKERD: Final = frozenset(_NOT_IN_WORKERD.split())
"""What this SQLite has and workerd's has not: they do not exist, to a Worker."""
