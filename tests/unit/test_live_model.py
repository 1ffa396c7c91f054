"""Live models are told apart by a table of exact names, which the settings may override."""

import pytest
from pydantic import ValidationError

from interloop.domain.live_model import KNOWN, capabilities_of


def test_only_the_exact_name_is_looked_up() -> None:
    assert not capabilities_of("gemini-3.8-live-extended-thinking", {}).blocking_tools
    assert capabilities_of("gemini-3.8-live-extended-thinking-2", {}).blocking_tools


def test_settings_override_single_fields_of_any_model() -> None:
    can = capabilities_of("gemini-9-live", {"connection_s": 60, "nudge": "realtime"})
    assert (can.model, can.connection_s, can.nudge) == ("gemini-9-live", 60.0, "realtime")
    assert can.handle_s == KNOWN["gemini-3.8-live"].handle_s


def test_an_override_that_names_no_capability_is_refused() -> None:
    with pytest.raises(ValidationError):
        capabilities_of("gemini-3.8-live", {"conection_s": 60})
