import uuid


def unique_table_name() -> str:
    return f"test_{uuid.uuid4().hex[:10]}"
