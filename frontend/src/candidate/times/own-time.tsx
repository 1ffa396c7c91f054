/** One's own time: when, with whom, for the calendar, the way in, and the ways out of it. */
import { useEffect, useState } from "react";
import { linkOf } from "@/lib/place";
import { cityOf } from "@/lib/wall-clock";
import { Button } from "@/ui";
import { go } from "../address";
import type { Appointment } from "../api";
import type { PageProps } from "../app";
import { day } from "../dates";
import { FactList } from "../facts";
import { Actions, Frame, Help, Lead, Note, Section } from "../layout";
import { recall, remember } from "../memory";
import { AskPerson } from "../pages/ask-person";
import { Choice, Withdraw } from "../pages/withdraw";
import { CalendarFile } from "./calendar-file";
import { CancelTime } from "./cancel-time";
import { useLookAgain } from "./look-again";
import { Proposal } from "./proposal";
import { NEWS } from "./use-chooser";
import { useNow } from "./use-now";
import {
  changesWords,
  elsewhereWords,
  lengthWords,
  spanWords,
  wayInWords,
  whenWords,
  whoWords,
} from "./words";
import { deviceZone } from "./zones";

export function OwnTime(props: PageProps) {
  const { appointment } = props.standing.schedule;
  return appointment ? <Booked {...props} appointment={appointment} /> : <Proposal {...props} />;
}

type Props = PageProps & { appointment: Appointment };

function Booked(props: Props) {
  const { standing, onChange, appointment } = props;
  const { invitation, schedule } = standing;
  const news = useNews();
  useLookAgain(onChange);
  return (
    <Frame
      title={`Your interview: ${whenWords(appointment.starts_at, appointment.zone)}`}
      organization={invitation.organization}
      help={<Help invitation={invitation} />}
    >
      {news && (
        <div className="mt-6 max-w-[680px]">
          <Note tone="good" live>
            <p>
              {news === "moved" ? "Your time is moved." : "Your time is booked."} We write it to you
              by e-mail as well.
            </p>
          </Note>
        </div>
      )}
      <Lead>
        <p>
          {schedule.with_person ? (
            <>
              <strong>You speak with a person</strong>
              {appointment.with_whom && `, ${appointment.with_whom},`} about {invitation.job_title}.
            </>
          ) : (
            <>
              <strong>You speak with an AI interviewer</strong>, not with a person, about{" "}
              {invitation.job_title}. People at {invitation.organization} read what you said, and
              people decide.
            </>
          )}
        </p>
      </Lead>
      <Facts {...props} />
      <WayIn {...props} />
      <Section title="Your choices" flush>
        <Changes {...props} />
        {!schedule.with_person && (
          <Choice
            title="Speak to a person"
            text="A person speaks with you instead of the AI interviewer. You need not say why, and it does not count against you."
          >
            <AskPerson
              standing={standing}
              onChange={onChange}
              label="Ask for a person"
              size="touch"
              className="sm:min-w-44"
            />
          </Choice>
        )}
        <Withdraw standing={standing} onChange={onChange} />
      </Section>
    </Frame>
  );
}

/** What was done on the page before; told once. */
function useNews(): string {
  const [news] = useState(() => recall(NEWS));
  useEffect(() => remember(NEWS, ""), []);
  return news;
}

function Facts({ standing, appointment }: Props) {
  const { schedule, invitation } = standing;
  const { zone } = appointment;
  const length = lengthWords(standing);
  const facts = [
    { name: "Day", value: day(appointment.starts_at, zone) },
    { name: "Time", value: spanWords(appointment, zone), more: `${cityOf(zone)} time` },
    { name: "How long", value: `A${length.takes.slice(1)}`, more: length.more },
    { name: "With", value: whoWords(schedule, invitation.organization) },
  ];
  const elsewhere = elsewhereWords(appointment, zone, deviceZone());
  return (
    <>
      <FactList facts={facts} />
      {schedule.with_person && appointment.place && <Place place={appointment.place} />}
      {elsewhere && <p className="num mt-3 text-14 text-ink-2">{elsewhere}</p>}
    </>
  );
}

/** Where they meet: words, or a link, shown whole before it is pressed. */
function Place({ place }: { place: string }) {
  const link = linkOf(place);
  return (
    <p className="mt-4 min-w-0 break-words">
      <strong>Where:</strong>{" "}
      {link ? (
        <a href={link} target="_blank" rel="noreferrer" className="link">
          {link}
        </a>
      ) : (
        place
      )}
    </p>
  );
}

/** What to press now, and what happens then. */
function WayIn({ standing, appointment }: Props) {
  const { invitation, schedule } = standing;
  const now = useNow();
  const opens = appointment.room_opens_at;
  const meet = schedule.with_person ? linkOf(appointment.place) : null;
  const over = new Date(appointment.ends_at) <= now;
  const open = !schedule.with_person && (!opens || new Date(opens) <= now);
  const enter = () => go(invitation.consented ? "check" : "agree");
  const begins = new Date(appointment.starts_at) <= now;
  return (
    <div className="grid gap-4 pt-8 pb-9 sm:pt-10 sm:pb-12">
      <Actions>
        {open && (
          <Button variant={begins || opens ? "primary" : "default"} size="l" onClick={enter}>
            {opens ? "Go to the interview" : "Start now"}
          </Button>
        )}
        {meet && !over && (
          <Button asChild variant={begins ? "primary" : "default"} size="l">
            <a href={meet} target="_blank" rel="noreferrer">
              Open the video call
            </a>
          </Button>
        )}
        {appointment.calendar_file && !begins && <CalendarFile primary={!(open && opens)} />}
        <Button variant="quiet" size="l" onClick={() => go("invitation")}>
          About this interview
        </Button>
      </Actions>
      <p className="num max-w-[640px] text-ink-2">
        {wayInWords(standing, appointment, {
          open,
          begins,
          over,
        })}
      </p>
    </div>
  );
}

function Changes({ standing, onChange, appointment }: Props) {
  const { schedule, invitation } = standing;
  const begun = useNow() >= new Date(appointment.starts_at);
  const contact = invitation.contact?.name ?? "The person who invited you";
  if (begun) return null;
  return (
    <>
      <Choice
        title="Move it"
        text={
          schedule.may_choose
            ? `Your time stays yours until you confirm another one. By yourself you can move it ${changesWords(schedule.changes_left)}.`
            : `You cannot move it by yourself. ${contact} can move it for you.`
        }
      >
        {schedule.may_choose ? (
          <Button size="touch" className="sm:min-w-44" onClick={() => go("choose")}>
            Choose another time
          </Button>
        ) : (
          invitation.contact && (
            <Button asChild size="touch" className="sm:min-w-44">
              <a href={`mailto:${invitation.contact.email}`}>Write to {contact}</a>
            </Button>
          )
        )}
      </Choice>
      <Choice title="Cancel it" text="The time is given back. Your application goes on.">
        <CancelTime standing={standing} onChange={onChange} appointment={appointment} />
      </Choice>
    </>
  );
}
