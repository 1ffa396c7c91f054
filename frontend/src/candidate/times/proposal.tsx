/** A time that we propose: take it, have another one looked for, or choose. */
import { useEffect, useState } from "react";
import { wallClock } from "@/lib/wall-clock";
import { Button } from "@/ui";
import { go } from "../address";
import { cancelTime, confirmTime, getSchedule, type Schedule } from "../api";
import type { PageProps } from "../app";
import { day } from "../dates";
import { Actions, Frame, Help, Lead, Note, Section } from "../layout";
import { remember } from "../memory";
import { useLookAgain } from "./look-again";
import { Otherwise } from "./otherwise";
import { troubleOf } from "./trouble";
import { NEWS } from "./use-chooser";
import { useZone } from "./use-zone";
import { lengthWords, searchWords, spanWords, troubleWords, whenWords } from "./words";
import { zoneWords } from "./zones";

type Hold = NonNullable<Schedule["hold"]>;

export function Proposal(props: PageProps) {
  const { invitation, schedule } = props.standing;
  const { hold } = schedule;
  const [zone] = useZone(schedule.zone);
  useLookAgain(props.onChange);
  if (!hold?.proposed) return <Looking {...props} />;
  return (
    <Frame
      key={hold.id}
      title={`Does ${whenWords(hold.starts_at, zone)} suit you?`}
      organization={invitation.organization}
      help={<Help invitation={invitation} />}
    >
      <Lead>
        <p>
          We propose this time for your interview about {invitation.job_title}.{" "}
          <strong>
            {schedule.with_person
              ? `You speak with a person at ${invitation.organization}`
              : "You speak with an AI interviewer, not with a person"}
          </strong>
          , for {lengthWords(props.standing).takes}.
        </p>
      </Lead>
      <Offer {...props} hold={hold} zone={zone} />
      <Section title="No time fits">
        <Otherwise {...props} />
      </Section>
    </Frame>
  );
}

type OfferProps = PageProps & { hold: Hold; zone: string };

function Offer({ onChange, hold, zone }: OfferProps) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const act = async (what: () => Promise<unknown>) => {
    setBusy(true);
    setFailed(null);
    try {
      await what();
    } catch (error) {
      setFailed(troubleWords(troubleOf(error), whenWords(hold.starts_at, zone)));
      await onChange();
      setBusy(false);
    }
  };
  const accept = () =>
    act(async () => {
      const schedule = await confirmTime(hold.id, zone);
      remember(NEWS, "booked");
      await onChange({ schedule });
      void onChange();
    });
  const decline = () => act(async () => onChange({ schedule: await cancelTime() }));
  return (
    <div className="grid gap-5 pb-10">
      <section aria-label="The proposed time" className="panel grid gap-1 p-4 sm:p-6">
        <p className="num text-20 font-strong tracking-[-0.01em]">
          {day(hold.starts_at, zone)},{" "}
          <span className="whitespace-nowrap">{spanWords(hold, zone)}</span>
        </p>
        <p className="text-ink-2">{zoneWords(zone)}</p>
        {hold.place && <p className="min-w-0 break-words">Where: {hold.place}</p>}
      </section>
      {failed && (
        <Note tone="attention" live>
          <p>{failed}</p>
        </Note>
      )}
      <Actions>
        <Button variant="primary" size="l" onClick={accept} aria-disabled={busy}>
          Take this time
        </Button>
        <Button size="l" onClick={decline} aria-disabled={busy}>
          Propose another time
        </Button>
        <Button size="l" variant="quiet" onClick={() => go("choose")}>
          Choose a time myself
        </Button>
      </Actions>
      <p className="num max-w-[640px] text-ink-2">
        It is put aside for you until {day(hold.hold_until, zone)},{" "}
        {wallClock(hold.hold_until, zone)}. If you do not answer, it is given back and you can
        choose a time yourself; that costs you nothing.
      </p>
    </div>
  );
}

const LOOK_MS = 1000;
const LONGEST = 15;

/** Until the next proposal is there; when none comes, the way to choose stands open. */
function Looking({ standing, onChange }: PageProps) {
  const { organization } = standing.invitation;
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    if (looks >= LONGEST) return;
    const timer = setTimeout(async () => {
      const schedule = await getSchedule().catch(() => null);
      if (schedule?.hold?.proposed) await onChange({ schedule });
      else setLooks(looks + 1);
    }, LOOK_MS);
    return () => clearTimeout(timer);
  }, [looks, onChange]);
  const said = searchWords(looks >= LONGEST);
  return (
    <Frame
      title={said.title}
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p role="status">{said.text}</p>
      </Lead>
      <Actions>
        <Button size="l" onClick={() => go("choose")}>
          Choose a time myself
        </Button>
      </Actions>
    </Frame>
  );
}
