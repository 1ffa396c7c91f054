/** After asking for a person: who acts now, and by when; and one's own time, where one can choose. */
import { Button } from "@/ui";
import { go } from "../address";
import type { PageProps } from "../app";
import { day } from "../dates";
import { Frame, Help, Lead, Section } from "../layout";
import { useLookAgain } from "../times/look-again";
import { useSlots } from "../times/use-slots";
import { useZone } from "../times/use-zone";
import { whenWords } from "../times/words";
import type { Standing } from "../where";
import { Withdraw } from "./withdraw";

/** The round with a person is there a moment after it was asked for. */
const SOON_MS = 15_000;

export function PersonPage({ standing, onChange }: PageProps) {
  const { organization, person_by: by, contact } = standing.invitation;
  const { appointment } = standing.schedule;
  useLookAgain(onChange, SOON_MS);
  const who = contact?.name ?? `A person at ${organization}`;
  return (
    <Frame
      title={appointment ? "A person will meet you" : "A person will arrange your interview"}
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>
          {appointment ? (
            <>
              You meet {appointment.with_whom ?? "a person"} on{" "}
              <strong className="num">{whenWords(appointment.starts_at, appointment.zone)}</strong>.
            </>
          ) : (
            <>
              {who} writes to you to find a time
              {by ? (
                <>
                  , by <strong>{day(by)}</strong>
                </>
              ) : null}
              . You need not do anything until then.
            </>
          )}
        </p>
        {standing.invitation.stopped ? (
          <p>
            All interviews at {organization} are paused for the moment; that is why yours ended
            early. It is not about you, and everything you said is saved.
          </p>
        ) : (
          <p>It does not count against you, and nobody asks you why.</p>
        )}
      </Lead>
      <OwnTimePart standing={standing} />
      <Section title="What happens next">
        <p>
          You speak with a person instead of the AI interviewer. Everything you sent with your
          application stays as it is.
        </p>
      </Section>
      <Section title="Your choices" flush>
        <Withdraw standing={standing} onChange={onChange} />
      </Section>
    </Frame>
  );
}

/** The time that is booked, or the way to choose one where interviewers have opened some. */
function OwnTimePart({ standing }: { standing: Standing }) {
  const { appointment, may_choose: may, with_person: known } = standing.schedule;
  if (appointment)
    return (
      <div className="pb-9 sm:pb-14">
        <Button variant="primary" size="l" onClick={() => go("time")}>
          See your time
        </Button>
      </div>
    );
  return may && known ? <Free standing={standing} /> : null;
}

function Free({ standing }: { standing: Standing }) {
  const [zone] = useZone(standing.schedule.zone);
  const [found] = useSlots(zone);
  if (found.at !== "here" || found.slots.length === 0) return null;
  return (
    <Section title="If you want to be quicker">
      <p>Some times are free already. You can take one now instead of waiting for our word.</p>
      <Button size="touch" onClick={() => go("choose")}>
        Choose a time
      </Button>
    </Section>
  );
}
