"""The tables of errors in the documentation are the catalogue."""

from pathlib import Path

import pytest

from pytest_cfbindings.faults.catalogue import Known, Product
from pytest_cfbindings.faults.errors import kv_text
from pytest_cfbindings.faults.ledger import PRODUCTS
from pytest_cfbindings.faults.lost_connection import LOST_CONNECTION

PAGE = Path(__file__).parents[2] / "docs" / "bad-days.md"
WHEN = {"call": "before, after", "reset": "reset", "commit": "commit"}


def text(product: Product, known: Known) -> str:
    if known is LOST_CONNECTION or product.name == "Durable Objects":
        return known.text
    if product.name == "KV":
        return kv_text(known, "put", "PUT")
    if product.name == "D1":
        return f"D1_ERROR: {known.text}"
    return f"put: {known.text} ({known.code})"


def row(product: Product, known: Known) -> str:
    name = f'`"{known.name}"`' + (f", `{known.code}`" if known.code else "")
    when = "before" if known.refused else WHEN[known.end]
    source = f"{known.certainty}: {known.source}"
    if known.certainty == "unknown":
        source = f"**unknown**; {known.source}"
    shown = f"`{text(product, known)}`"
    return f"| {name} | {shown} | {when} | {', '.join(known.flags)} | {source} |"


@pytest.mark.parametrize("product", PRODUCTS.values(), ids=lambda one: one.name)
def test_every_error_is_in_the_table_of_its_product(product: Product) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"\n### {product.name}\n")[1]
    table = [line for line in section.split("\n### ")[0].splitlines() if line]
    assert table[2:] == [row(product, known) for known in product.errors]


@pytest.mark.parametrize("product", PRODUCTS.values(), ids=lambda one: one.name)
def test_names_and_numbers_are_told_apart(product: Product) -> None:
    names = [known.name for known in product.errors]
    codes = [known.code for known in product.errors if known.code is not None]
    assert len(set(names)) == len(names)
    assert len(set(codes)) == len(codes)
