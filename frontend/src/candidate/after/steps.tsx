/** What happens next, as far as it is known; no date that nobody promised. */
import { day, listed } from "../dates";
import { Section } from "../layout";
import { isWithPerson, type Standing } from "../where";

type Step = { when: string; text: string; now?: boolean };

export function Steps({ standing }: { standing: Standing }) {
  return (
    <Section title="What happens next">
      <ol className="grid w-full">
        {stepsOf(standing).map((step) => (
          <li
            key={step.when}
            aria-current={step.now ? "step" : undefined}
            className="relative grid grid-cols-[20px_1fr] gap-x-4 pb-5 not-last:before:absolute not-last:before:top-6.5 not-last:before:bottom-0 not-last:before:left-[9.5px] not-last:before:w-px not-last:before:bg-line-strong last:pb-0"
          >
            <svg
              viewBox="0 0 20 20"
              aria-hidden="true"
              className={`mt-0.75 size-5 fill-none stroke-current stroke-[1.5] ${step.now ? "text-accent" : "text-ink-3"}`}
            >
              <circle cx={10} cy={10} r={7.5} />
              {step.now && <circle cx={10} cy={10} r={3.5} fill="currentColor" stroke="none" />}
            </svg>
            <div>
              <p className="font-strong">{step.when}</p>
              <p className="text-ink-2">{step.text}</p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function stepsOf(standing: Standing): Step[] {
  const { invitation, interview } = standing;
  const { organization, seen_by: seen } = invitation;
  const by = interview.answer_by;
  if (interview.stage === "decided" || interview.stage === "closed")
    return [
      { when: "Now", text: `${organization} has decided and writes to you by e-mail.`, now: true },
    ];
  return [
    { when: "Now", text: nowWords(standing), now: true },
    {
      when: by ? `By ${day(by)}` : "Then",
      text: `${isWithPerson(standing) ? "That is" : "Your answers are"} read and marked, and it is decided, by ${readers(seen, organization)}. No computer decides.`,
    },
    { when: "After that", text: `${organization} writes to you by e-mail, whatever they decide.` },
  ];
}

function nowWords(standing: Standing): string {
  const { may_correct: may, joined_at: joined } = standing.interview;
  if (isWithPerson(standing))
    return "The person you met writes down what you said about your work.";
  if (may && joined)
    return "You can read and correct your transcript, until a decision is made. What you confirm or correct is what people read.";
  return "Your answers are with the people who read them.";
}

const readers = (names: readonly string[], organization: string): string =>
  names.length ? listed(names) : `people at ${organization}`;
