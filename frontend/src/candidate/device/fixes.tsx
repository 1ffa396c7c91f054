/** The steps out of a failure, for this browser. */
import { Button } from "@/ui";
import { BROWSER_NAME, browserOf, type Device, type Failure, fixFor } from "./failure";

type Props = { device: Device; failure: Failure; onRetry: () => void };

export function Fixes({ device, failure, onRetry }: Props) {
  const browser = browserOf(navigator.userAgent);
  const fix = fixFor(device, failure, browser);
  return (
    <div className="grid justify-items-start gap-2" role="status">
      <h3 className="font-strong">{fix.title}</h3>
      <ol className="grid list-decimal gap-1 pl-6 marker:font-strong marker:text-ink-2">
        {fix.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {fix.browser && (
        <p className="text-14 text-ink-2">These steps are for {BROWSER_NAME[browser]}.</p>
      )}
      <Button size="touch" className="mt-1" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
