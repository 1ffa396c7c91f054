/** One time on both clocks: the reader's, and the candidate's where it is another. */
import { isSameClock, ownZone, type Span, spanIn, zoneWords } from "./instants";

type Props = { time: Span & { zone: string }; name: string };

export function TwoZones({ time, name }: Props) {
  const mine = ownZone();
  const same = isSameClock(time.starts_at, mine, time.zone);
  return (
    <>
      <p className="num text-17 font-strong">
        <time dateTime={time.starts_at}>{spanIn(time, mine)}</time>
        <span className="font-regular text-14 text-ink-2">
          {" "}
          your time, {zoneWords(mine, time.starts_at)}
        </span>
      </p>
      <p className="num text-ink-2">
        {same ? (
          `The same for ${name}: ${zoneWords(time.zone, time.starts_at)}`
        ) : (
          <>
            For {name}: {spanIn(time, time.zone)}, {zoneWords(time.zone, time.starts_at)}
          </>
        )}
      </p>
    </>
  );
}
