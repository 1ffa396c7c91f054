/** The ways on when no time fits: at once, by a person, or a word to whom invited. */
import { Button } from "@/ui";
import { go } from "../address";
import type { PageProps } from "../app";
import { Actions } from "../layout";
import { AskPerson } from "../pages/ask-person";
import { closedBy } from "../where";

export function Otherwise({ standing, onChange }: PageProps) {
  const { invitation, schedule } = standing;
  const { contact, organization } = invitation;
  const asked = schedule.with_person || invitation.human_interview;
  const now = schedule.way === "any_time" && !asked && !closedBy(standing, new Date());
  const who = contact?.name ?? `The person who invited you to ${organization}`;
  return (
    <>
      <p>
        {now && "You can also start at any moment, day or night. "}
        {who} can find a time with you{asked ? "." : ", or arrange an interview with a person."}{" "}
        {asked ? "To ask does not count against you." : "Neither counts against you."}
      </p>
      <Actions>
        {now && (
          <Button size="touch" onClick={() => go(invitation.consented ? "check" : "agree")}>
            Start now
          </Button>
        )}
        {contact && (
          <Button asChild size="touch">
            <a href={`mailto:${contact.email}`}>Write to {contact.name}</a>
          </Button>
        )}
        {!asked && (
          <AskPerson
            standing={standing}
            onChange={onChange}
            label="Ask for a person"
            size="touch"
          />
        )}
      </Actions>
    </>
  );
}
