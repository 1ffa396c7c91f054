/** The landing of a personal link: opening it redeems nothing, the button does. */
import { useState } from "react";
import { Button } from "@/ui";
import { isSignedIn, Refused, redeem } from "../api";
import { Frame, Lead } from "../layout";
import { type LinkProblem, PROBLEMS, problemOf } from "./link-problem";

type Props = { token: string; onIn: () => Promise<void>; onBack: () => Promise<void> };

export function LinkPage({ token, onIn, onBack }: Props) {
  const [problem, setProblem] = useState<LinkProblem | null>(null);
  const [mayGoOn, setMayGoOn] = useState(false);
  const [busy, setBusy] = useState(false);

  const open = async () => {
    setBusy(true);
    try {
      await redeem(token);
      await onIn();
    } catch (error) {
      const why = problemOf(error instanceof Refused ? error : null);
      // The same person may have used the link in this very browser.
      if (why !== "away" && why !== "busy") setMayGoOn(await isSignedIn().catch(() => false));
      setProblem(why);
      setBusy(false);
    }
  };

  if (problem === null)
    return (
      <Frame title="Your interview">
        <Lead>
          <p>
            You opened a personal link. It works once and opens your invitation in this browser.
          </p>
        </Lead>
        <Button variant="primary" size="l" onClick={open} aria-disabled={busy}>
          {busy ? "Opening…" : "Continue"}
        </Button>
      </Frame>
    );
  return (
    <Frame key={problem} title={PROBLEMS[problem].title}>
      <Lead>
        {PROBLEMS[problem].text.map((line) => (
          <p key={line} role={line === PROBLEMS[problem].text[0] ? "alert" : undefined}>
            {line}
          </p>
        ))}
      </Lead>
      {PROBLEMS[problem].retry && (
        <Button variant="primary" size="l" onClick={open} aria-disabled={busy}>
          Try again
        </Button>
      )}
      {mayGoOn && (
        <Button variant="primary" size="l" onClick={onBack}>
          Continue where you were
        </Button>
      )}
    </Frame>
  );
}
