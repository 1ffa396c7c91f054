/** Pages that say one thing: loading, away, signed out. */
import { Button, Skeleton } from "@/ui";
import { Frame, Lead } from "../layout";

export function Loading() {
  return (
    <Frame title="Your interview">
      <div role="status" aria-label="Opening your page" className="mt-6 grid max-w-[680px] gap-4">
        <Skeleton className="h-5 w-full" />
        <Skeleton className="h-5 w-4/5" />
        <Skeleton className="h-24 w-full" />
      </div>
    </Frame>
  );
}

export function Away({ onRetry }: { onRetry: () => void }) {
  return (
    <Frame title="We cannot open your page right now">
      <Lead>
        <p role="alert">
          The line to our side is interrupted. Nothing you said or wrote is lost, and your
          invitation stays as it was.
        </p>
      </Lead>
      <Button variant="primary" size="l" onClick={onRetry}>
        Try again
      </Button>
    </Frame>
  );
}

export function SignedOut() {
  return (
    <Frame title="Open the link in your invitation">
      <Lead>
        <p>
          This page is reached from the e-mail with your invitation. In this browser nobody is
          signed in, or it was too long ago.
        </p>
        <p>
          What you said so far is safe. If your link was used already, write to the person named in
          the e-mail and ask for a new one.
        </p>
      </Lead>
    </Frame>
  );
}

export function Gone() {
  return (
    <Frame title="This invitation is no longer open">
      <Lead>
        <p>
          There is nothing more to do on this page. What you said in an interview stays locked away
          until it is deleted.
        </p>
        <p>If you did not expect this, write to the person named in your invitation e-mail.</p>
      </Lead>
    </Frame>
  );
}
