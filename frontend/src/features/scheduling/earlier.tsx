/** Times that are over or were given up, folded away. */
import type { Appointment } from "@/api/types";
import { plural } from "@/lib/time";
import { ownZone, spanIn } from "./instants";
import { stateWord } from "./states";

export function Earlier({ list }: { list: readonly Appointment[] }) {
  return (
    <details className="border-t border-line px-4 py-2 text-12 text-ink-2">
      <summary className="cursor-pointer font-strong">
        {plural(list.length, "earlier time")}
      </summary>
      <ul className="mt-1 grid gap-1">
        {list.map((time) => (
          <li key={time.id} className="num">
            {spanIn(time, ownZone())}, with {time.interviewer?.name ?? "the AI interviewer"}:{" "}
            {stateWord(time).toLowerCase()}
          </li>
        ))}
      </ul>
    </details>
  );
}
