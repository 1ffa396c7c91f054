/** The agreement: the notice word for word, one explicit yes, a way out beside it. */
import { useState } from "react";
import { Button, Tick } from "@/ui";
import { go } from "../address";
import { agree, Refused } from "../api";
import type { PageProps } from "../app";
import { Actions, Frame, Help, Lead, Note, Section } from "../layout";
import { AskPerson } from "./ask-person";

type Problem = "tick" | "changed" | "failed" | null;

export function Agree({ standing, onChange }: PageProps) {
  const { notice, organization, recorded } = standing.invitation;
  const [yes, setYes] = useState(false);
  const [video, setVideo] = useState(false);
  const [problem, setProblem] = useState<Problem>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!yes) return setProblem("tick");
    setBusy(true);
    try {
      const invitation = await agree(notice.sha256, video);
      await onChange({ invitation });
      go("check");
    } catch (error) {
      const changed = error instanceof Refused && error.code === "notice_changed";
      if (changed) await onChange();
      setYes(false);
      setProblem(changed ? "changed" : "failed");
      setBusy(false);
    }
  };
  return (
    <Frame
      title="Before you start"
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>Please read this, then say whether you agree. You can still change your mind later.</p>
      </Lead>
      <Section title="What you agree to">
        <ul lang={notice.language} className="grid list-disc gap-2 pl-5 marker:text-ink-3">
          {notice.text.split("\n").map((line) => line && <li key={line}>{line}</li>)}
        </ul>
      </Section>
      <Section title="Your agreement">
        <Tick
          className="w-full"
          checked={yes}
          aria-invalid={problem === "tick" || undefined}
          aria-describedby={problem === "tick" ? "tick-first" : undefined}
          onChange={(event) => {
            setYes(event.target.checked);
            setProblem(null);
          }}
        >
          I have read this. I agree to an interview with an AI interviewer and that my voice and my
          typed answers are recorded.
        </Tick>
        {recorded.includes("video") && (
          <Tick
            className="w-full"
            checked={video}
            onChange={(event) => setVideo(event.target.checked)}
          >
            My picture may be recorded too. This is your choice; without it everything else is the
            same.
          </Tick>
        )}
        <Problems problem={problem} />
        <Actions>
          <Button variant="primary" size="l" onClick={send} aria-disabled={busy}>
            I agree, continue
          </Button>
          <AskPerson
            standing={standing}
            onChange={onChange}
            label="I would rather speak to a person"
          />
        </Actions>
        <Button variant="quiet" size="touch" className="-ml-3.5" onClick={() => go("invitation")}>
          Back to the invitation
        </Button>
      </Section>
    </Frame>
  );
}

function Problems({ problem }: { problem: Problem }) {
  if (problem === "tick")
    return (
      <p id="tick-first" role="alert" className="font-strong text-trouble">
        Tick the box above if you agree. If you do not, you can speak to a person instead.
      </p>
    );
  if (problem === "changed")
    return (
      <Note tone="attention" live>
        <p>The text above has changed since you opened this page. Please read it once more.</p>
      </Note>
    );
  if (problem === "failed")
    return (
      <Note tone="trouble" live>
        <p>Your agreement did not reach us, so nothing has started. Please try again.</p>
      </Note>
    );
  return null;
}
