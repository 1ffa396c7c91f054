"""Both ends of the call between journey and gateway mean the same thing."""

from typing import get_type_hints

import pytest
from temporalio import activity

from media_gateway.activities import GatewayActivities
from workflows.gateway import claim_gateway, hold_interview


@pytest.mark.parametrize(
    ("name", "caller", "parameter"),
    [("claim_gateway", claim_gateway, "claim"), ("interview", hold_interview, "interview")],
)
def test_caller_and_gateway_name_the_same_values(name: str, caller: object, parameter: str) -> None:
    run = getattr(GatewayActivities, name)
    defined = activity._Definition.must_from_callable(run)
    expected, offered = get_type_hints(caller), get_type_hints(run)
    assert defined.name == name
    assert list(defined.arg_types or ()) == [expected[parameter]]
    assert offered["return"] == expected["return"]
