/** One time on both clocks: the reader's, and the candidate's where it is another. */
import { isKnown, isSameClock, ownZone, type Span, spanIn, zoneWords } from "./instants";

type Props = { time: Span & { zone: string }; name: string };

export function TwoZones({ time, name }: Props) {
  const mine = ownZone();
  return (
    <>
      <p className="num text-17 font-strong">
        <time dateTime={time.starts_at}>{spanIn(time, mine)}</time>
        <span className="font-regular text-14 text-ink-2">
          {" "}
          your time, {zoneWords(mine, time.starts_at)}
        </span>
      </p>
      <p className="num text-ink-2">{theirs(time, name, mine)}</p>
    </>
  );
}

function theirs(time: Props["time"], name: string, mine: string): string {
  const { zone, starts_at } = time;
  if (!isKnown(zone)) return `The zone of ${name} is not known yet`;
  if (isSameClock(starts_at, mine, zone))
    return `The same for ${name}: ${zoneWords(zone, starts_at)}`;
  return `For ${name}: ${spanIn(time, zone)}, ${zoneWords(zone, starts_at)}`;
}
