"""The loops of a program, as its ways make them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def circles(successors: Mapping[T, set[T]]) -> list[set[T]]:
    """The sets of nodes that reach one another (Tarjan), if they are circles."""
    index: dict[T, int] = {}
    low: dict[T, int] = {}
    stack: list[T] = []
    waiting: set[T] = set()
    work: list[tuple[T, list[T]]] = []
    found: list[set[T]] = []

    def enter(node: T) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        waiting.add(node)
        work.append((node, list(successors.get(node, ()))))

    for start in list(successors):
        if start not in index:
            enter(start)
        while work:
            node, rest = work[-1]
            if rest:
                following = rest.pop()
                if following not in index:
                    enter(following)
                elif following in waiting:
                    low[node] = min(low[node], index[following])
                continue
            work.pop()
            if work:
                above = work[-1][0]
                low[above] = min(low[above], low[node])
            if low[node] == index[node]:
                component = {stack.pop()}
                while node not in component:
                    component.add(stack.pop())
                waiting -= component
                if len(component) > 1 or node in successors.get(node, ()):
                    found.append(component)
    return found


def reachable(successors: Mapping[T, set[T]], start: T) -> set[T]:
    """Where one can get from a node; the node itself only by a circle."""
    found: set[T] = set()
    work = list(successors.get(start, ()))
    while work:
        node = work.pop()
        if node not in found:
            found.add(node)
            work.extend(successors.get(node, ()))
    return found


Way = tuple[T | None, T | None]


def loops(ways: Sequence[Way[T]]) -> list[tuple[list[int], list[int]]]:
    """The ways into each loop, and the ways inside it, the loops in loops too.

    What no way leads into is never gone, however well it adds up in itself.
    """
    found: list[tuple[list[int], list[int]]] = []
    todo = [set(range(len(ways)))]
    while todo:
        numbers = todo.pop()
        successors: dict[T, set[T]] = defaultdict(set)
        for number in numbers:
            source, target = ways[number]
            if source is not None and target is not None:
                successors[source].add(target)
        for nodes in circles(successors):
            entering = [
                number
                for number, (source, target) in enumerate(ways)
                if target in nodes and source not in nodes
            ]
            inside = [
                number
                for number in numbers
                if ways[number][0] in nodes and ways[number][1] in nodes
            ]
            heads = {ways[number][1] for number in entering}
            found.append((entering, inside))
            rest = {number for number in inside if ways[number][1] not in heads}
            if heads and len(rest) < len(inside):
                todo.append(rest)
    return found
