/** Whole pages that are not there or did not come up. */
import { Link } from "@tanstack/react-router";
import { ApiError } from "@/api/client";
import { Button, EmptyState, ErrorState } from "@/ui";

export function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        title="There is no such page"
        action={
          <Button asChild>
            <Link to="/jobs">Go to the jobs</Link>
          </Button>
        }
      >
        The address may be mistyped, or what stood here belongs to somebody else.
      </EmptyState>
    </main>
  );
}

export function PageFailed({ error, reset }: { error: unknown; reset: () => void }) {
  const detail = error instanceof Error ? error.message : undefined;
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState title="This page did not come up" detail={detail} onRetry={reset} />
    </main>
  );
}

type FailedProps = { what: string; error: Error; onRetry: () => void };

/** The failed face of a list or part: what happened, what is safe, what to do. */
export function Failed({ what, error, onRetry }: FailedProps) {
  if (error instanceof ApiError && error.status === 404)
    return (
      <EmptyState title={`${what}: not here`}>
        It may belong to somebody else, or be gone.
      </EmptyState>
    );
  if (error instanceof ApiError && error.status === 403)
    return (
      <EmptyState title={`${what}: not open to you`}>Ask an administrator for access.</EmptyState>
    );
  const offline = error instanceof ApiError && error.status === 0;
  return (
    <ErrorState
      title={`${what} did not load`}
      detail={offline ? "The server could not be reached." : error.message}
      safe="Nothing was changed."
      onRetry={onRetry}
    />
  );
}
