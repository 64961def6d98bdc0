"""What schemathesis has to know of WeChat's API beyond the exported document.

The outcome of a call stands in the reply's return code, not in the HTTP status, so the checks that
go by the status are replaced with one that goes by the code.
"""

import json
import os

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode

# What the embedded server says of a request that is not as its description has it.
MALFORMED = {40002, 40035, 41002, 41004, 44002, 47001, 9002007, 9002008}
# The method of another operation, or of none.
WRONG_METHOD = {43001, 43002}
# The document says that characters stand as they are. JSON has no way to do that for control
# characters: what holds one cannot be sent.
ESCAPED = 40033


@schemathesis.serializer("application/json")
def as_they_are(ctx, value):
    """Characters as they are, as the document has it."""
    if isinstance(value, bytes):
        return value
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """The token is real: without one, the server would not look at anything else."""
    if case.operation.definition.raw.get("security"):
        case.query = {**(case.query or {}), "access_token": os.environ["TOKEN"]}


@schemathesis.check
def return_code_agrees(ctx, response, case):
    """A request that is valid is not refused for its form, and one that is not is refused."""
    code = response.json().get("errcode", 0)
    if case.method.upper() != case.operation.method.upper():
        assert code in WRONG_METHOD, f"another method is not refused: {response.text}"
        return
    if b"\\u" in (response.request.body or b""):
        assert code == ESCAPED, f"an escape is not refused: {response.text}"
        return
    if is_valid(case):
        assert code not in MALFORMED, f"a valid request is refused: {response.text}"
    else:
        assert code in MALFORMED, f"a request that is not valid is not refused: {response.text}"


def is_valid(case):
    """Whether the document allows the part of the request that the operation reads.

    Of a POST that is the body. OpenAPI neither allows nor forbids parameters that a document does
    not list; the service does not look at them, so what is in a body decides.
    """
    part = ParameterLocation.QUERY if case.method.upper() == "GET" else ParameterLocation.BODY
    component = case.meta.components.get(part)
    is_negative = component is not None and component.mode == GenerationMode.NEGATIVE
    return not is_negative and keeps_order(case)


def keeps_order(case):
    """Whether a body's properties are in the order that `x-property-order` asks for."""
    content = case.operation.definition.raw.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        schema = case.operation.schema.raw_schema["components"]["schemas"][name]
    orders = schema.get("x-property-order", [])
    values = [(case.body.get(first), case.body.get(second)) for first, _, second in orders]
    are_numbers = all(isinstance(value, (int, float)) for pair in values for value in pair)
    return not are_numbers or all(first <= second for first, second in values)
