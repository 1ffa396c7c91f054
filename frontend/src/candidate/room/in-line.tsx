/** The waiting room: the place in line, what happens next, and that nothing is lost by waiting. */
import { Button } from "@/ui";

type Props = {
  /** 1 is the next. */
  place: number;
  keptUntil: string | null;
  onLeave: () => void;
};

export function InLine({ place, keptUntil, onLeave }: Props) {
  return (
    <section aria-label="Your place in line" className="grid max-w-[640px] gap-5">
      <ol className="grid list-decimal gap-2.5 pl-5 text-ink-2 marker:text-ink-3">
        <li>
          {before(place - 1)} As soon as a room is free, it opens here by itself. You need not press
          anything.
        </li>
        <li>Then you still have all the time you want: nothing begins before you press Start.</li>
        <li>Please keep this page open. If you reload it, your place stays yours.</li>
      </ol>
      <p className="text-ink-2">
        Waiting takes nothing from your time and does not count against you. You can also come back
        later{keptUntil ? `, until ${keptUntil}` : ""}.
      </p>
      <div>
        <Button size="touch" onClick={onLeave}>
          Come back later
        </Button>
      </div>
    </section>
  );
}

function before(people: number): string {
  if (people === 0) return "Nobody is before you.";
  return people === 1 ? "One person is before you." : `${people} people are before you.`;
}
