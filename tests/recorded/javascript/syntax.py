"""The syntax tree."""

from dataclasses import dataclass, field
from typing import Literal


class Node:
    """Any expression, pattern or statement."""


@dataclass(slots=True)
class Constant(Node):
    value: object


@dataclass(slots=True)
class Null(Node):
    pass


@dataclass(slots=True)
class BigInt(Node):
    digits: str


@dataclass(slots=True)
class RegExp(Node):
    pattern: str
    flags: str


@dataclass(slots=True)
class Template(Node):
    texts: list[str]
    parts: list[Node]


@dataclass(slots=True)
class Name(Node):
    name: str


@dataclass(slots=True)
class This(Node):
    pass


@dataclass(slots=True)
class Super(Node):
    pass


@dataclass(slots=True)
class NewTarget(Node):
    pass


@dataclass(slots=True)
class Spread(Node):
    value: Node


@dataclass(slots=True)
class Hole(Node):
    """What is missing in `[1, , 3]`."""


@dataclass(slots=True)
class ArrayLiteral(Node):
    items: list[Node]


@dataclass(slots=True)
class Property(Node):
    """A property, method, getter or setter of an object literal or of a class."""

    key: Node
    value: Node | None
    kind: Literal["value", "method", "get", "set"] = "value"
    is_static: bool = False


@dataclass(slots=True)
class StaticBlock(Node):
    body: "Block"


@dataclass(slots=True)
class ObjectLiteral(Node):
    members: list[Node]


@dataclass(slots=True)
class Function(Node):
    name: str
    parameters: list[Node]
    body: Node
    """A Block, or the one expression of an arrow function."""
    source: str
    is_arrow: bool = False
    is_async: bool = False
    is_generator: bool = False
    is_method: bool = False


@dataclass(slots=True)
class Class(Node):
    name: str
    base: Node | None
    members: list[Node]
    source: str


@dataclass(slots=True)
class Unary(Node):
    operator: str
    operand: Node


@dataclass(slots=True)
class Update(Node):
    """`++x`, `x--` and the like."""

    operator: str
    target: Node
    is_prefix: bool


@dataclass(slots=True)
class Binary(Node):
    operator: str
    left: Node
    right: Node


@dataclass(slots=True)
class Logical(Node):
    operator: str
    left: Node
    right: Node


@dataclass(slots=True)
class Assign(Node):
    operator: str
    target: Node
    value: Node


@dataclass(slots=True)
class Conditional(Node):
    test: Node
    then: Node
    otherwise: Node


@dataclass(slots=True)
class Sequence(Node):
    items: list[Node]


@dataclass(slots=True)
class Member(Node):
    """`object.name` and `object[key]`; a name's key is a literal."""

    object: Node
    key: Node
    is_optional: bool = False


@dataclass(slots=True)
class Call(Node):
    callee: Node
    arguments: list[Node]
    is_optional: bool = False


@dataclass(slots=True)
class Chain(Node):
    """What `?.` cuts short."""

    expression: Node


@dataclass(slots=True)
class New(Node):
    callee: Node
    arguments: list[Node]


@dataclass(slots=True)
class Await(Node):
    value: Node


@dataclass(slots=True)
class Yield(Node):
    value: Node | None
    is_delegate: bool = False


@dataclass(slots=True)
class ArrayPattern(Node):
    items: list[Node]


@dataclass(slots=True)
class ObjectPattern(Node):
    entries: list[tuple[Node, Node]]
    """Keys and the patterns that their values go to."""
    rest: Node | None = None


@dataclass(slots=True)
class Default(Node):
    target: Node
    value: Node


@dataclass(slots=True)
class Rest(Node):
    target: Node


@dataclass(slots=True)
class Block(Node):
    body: list[Node]


@dataclass(slots=True)
class Declaration(Node):
    kind: str
    """const, let or var."""
    entries: list[tuple[Node, Node | None]]


@dataclass(slots=True)
class FunctionDeclaration(Node):
    function: Function


@dataclass(slots=True)
class ClassDeclaration(Node):
    cls: Class


@dataclass(slots=True)
class Expression(Node):
    """An expression as a statement."""

    value: Node


@dataclass(slots=True)
class If(Node):
    test: Node
    then: Node
    otherwise: Node | None


@dataclass(slots=True)
class For(Node):
    start: Node | None
    test: Node | None
    step: Node | None
    body: Node


@dataclass(slots=True)
class ForEach(Node):
    """`for (x of y)`, `for await (x of y)` and `for (x in y)`."""

    kind: str
    target: Node
    source: Node
    body: Node
    is_await: bool = False
    is_in: bool = False


@dataclass(slots=True)
class While(Node):
    test: Node
    body: Node
    body_first: bool = False


@dataclass(slots=True)
class Return(Node):
    value: Node | None


@dataclass(slots=True)
class Throw(Node):
    value: Node


@dataclass(slots=True)
class Try(Node):
    block: Block
    parameter: Node | None
    handler: Block | None
    finalizer: Block | None


@dataclass(slots=True)
class Jump(Node):
    """`break` and `continue`, of the loop with that label if there is one."""

    kind: str
    label: str = ""


@dataclass(slots=True)
class Labelled(Node):
    """`label: statement`."""

    label: str
    body: Node


@dataclass(slots=True)
class Switch(Node):
    value: Node
    cases: list[tuple[Node | None, list[Node]]] = field(default_factory=list)


@dataclass(slots=True)
class Empty(Node):
    pass
