"""The sandbox that workflows run in: the SDK's, without what it does anew for each of them.

It would load a workflow's module again for every run, and compile and enter itself several times
for every payload, to ask for a context that our codec has no use for.
"""

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import Info

_RESTRICTIONS = SandboxRestrictions.default.with_passthrough_modules("workflows")
"""What a workflow must not use is held for every module of `workflows` by `scripts/lint`."""

_NO_STORE = StorageDriverStoreContext(target=None)


class Sandbox(SandboxedWorkflowRunner):
    """Makes instances that answer from outside what needs nothing from inside."""

    def __init__(self) -> None:
        super().__init__(restrictions=_RESTRICTIONS)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Return an instance in the SDK's sandbox."""
        return _Instance(super().create_instance(det))


class _Instance(WorkflowInstance):
    def __init__(self, inside: WorkflowInstance) -> None:
        self._inside = inside

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._inside.activate(act)

    def get_serialization_context(self, command_info: object) -> SerializationContext | None:
        """Return none: `SealingCodec` seals alike wherever a payload belongs."""
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        """Return an empty one: no payload is stored beside Temporal."""
        return _NO_STORE

    def get_info(self) -> Info:
        return self._inside.get_info()

    def get_thread_id(self) -> int | None:
        return self._inside.get_thread_id()
