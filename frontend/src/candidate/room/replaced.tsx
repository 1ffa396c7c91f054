/** Another tab took over: this one says so and offers to take it back. */
import { Button } from "@/ui";
import { Frame, Lead } from "../layout";

export function Replaced({ organization, onBack }: { organization: string; onBack: () => void }) {
  return (
    <Frame title="Your interview goes on in another tab" organization={organization}>
      <Lead>
        <p role="status">
          It was opened a second time, and the newest one counts. Nothing is lost: this tab only
          stopped listening.
        </p>
        <p>Go to the other tab, or take the interview back to this one.</p>
      </Lead>
      <Button variant="primary" size="l" onClick={onBack}>
        Go on here
      </Button>
    </Frame>
  );
}
