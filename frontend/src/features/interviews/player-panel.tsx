/** The player: its controls and one timeline for voices, words and gaps. */
import type { Gap, Interview } from "@/api/types";
import { clock, plural } from "@/lib/time";
import { Badge, Button, Icon, IconButton, useToast } from "@/ui";
import { DownloadList, DownloadMenu } from "./downloads";
import { gapPlace, gapsOf, gapWords } from "./gaps";
import type { Quote } from "./quotes";
import { lengthOf } from "./timeline";
import { TimelineView } from "./timeline-view";
import type { Player } from "./use-player";

type Props = { interview: Interview; player: Player; quotes: readonly Quote[]; name: string };

const TEN_S = 10_000;
/** What is younger than this is not sealed yet. */
const BEHIND_MS = 5000;

export function PlayerPanel({ interview, player, quotes, name }: Props) {
  const length = lengthOf(interview);
  return (
    <section aria-label="Player" className="panel px-4 py-3">
      <Media interview={interview} player={player} name={name} />
      <div className="mb-3 flex flex-wrap items-center gap-1">
        <Controls player={player} length={length} disabled={!player.src} />
        <div className="ml-auto flex items-center gap-1">
          <Speed player={player} />
          <CopyLink ms={player.ms} interviewId={interview.id} />
          <DownloadMenu interview={interview} />
        </div>
      </div>
      <NoSound interview={interview} failed={player.failed} />
      <TimelineView interview={interview} player={player} quotes={quotes} name={name} />
      <Missing gaps={gapsOf(interview)} onGo={(ms) => player.seek(ms)} />
      <DownloadList interview={interview} />
    </section>
  );
}

/** The element itself: with a picture when one was recorded. */
function Media({ interview, player, name }: Omit<Props, "quotes">) {
  if (interview.recording?.media_type.startsWith("video/"))
    return (
      // biome-ignore lint/a11y/useMediaCaption: the transcript below is the text of all that is said
      <video
        ref={player.attach}
        src={player.src}
        preload="metadata"
        playsInline
        aria-label={`${name} in the interview`}
        onClick={player.toggle}
        className="mb-3 aspect-video max-h-90 w-full rounded-m bg-black object-contain"
      />
    );
  // biome-ignore lint/a11y/useMediaCaption: the transcript below is the text of all that is said
  return <audio ref={player.attach} src={player.src} preload={player.live ? "none" : "metadata"} />;
}

const SHOWN = 40;

/** What is not in the recording, as words; the timeline shows the same as bars. */
function Missing({ gaps, onGo }: { gaps: readonly Gap[]; onGo: (ms: number) => void }) {
  if (gaps.length === 0) return null;
  return (
    <details className="mt-3 border-t border-line pt-2 text-12 text-ink-2">
      <summary className="min-h-6 cursor-pointer font-strong">
        {plural(gaps.length, "stretch", "stretches")} without a recording
      </summary>
      <ul className="mt-1 grid max-h-60 gap-0.5 overflow-y-auto">
        {gaps.slice(0, SHOWN).map((gap) => (
          <li key={`${gap.source} ${gap.start_ms}`} className="flex flex-wrap gap-x-3">
            <button
              type="button"
              onClick={() => onGo(gap.start_ms)}
              className="num min-h-6 font-strong text-accent"
            >
              {gapPlace(gap)}
            </button>
            <span className="py-1">{gapWords(gap)}</span>
          </li>
        ))}
        {gaps.length > SHOWN && <li>and {gaps.length - SHOWN} more</li>}
      </ul>
    </details>
  );
}

type ControlsProps = { player: Player; length: number; disabled: boolean };

function Controls({ player, length, disabled }: ControlsProps) {
  return (
    <>
      <IconButton
        label={player.playing ? "Pause" : "Play"}
        variant="primary"
        disabled={disabled}
        onClick={player.toggle}
        className="mr-1 size-9! rounded-full!"
      >
        <Icon name={player.playing ? "pause" : "play"} />
      </IconButton>
      <IconButton
        label="Back 10 seconds"
        variant="quiet"
        disabled={disabled}
        onClick={() => player.skip(-TEN_S)}
      >
        <Icon name="back10" />
      </IconButton>
      <IconButton
        label="Forward 10 seconds"
        variant="quiet"
        disabled={disabled}
        onClick={() => player.skip(TEN_S)}
      >
        <Icon name="forward10" />
      </IconButton>
      {player.live && <Badge tone="trouble">Live</Badge>}
      <span className="num mx-2 font-strong">
        {clock(player.ms)} <span className="font-regular text-ink-2">/ {clock(length)}</span>
      </span>
    </>
  );
}

function Speed({ player }: { player: Player }) {
  return (
    <Button
      size="s"
      variant="quiet"
      disabled={!player.src}
      aria-label={`Speed ${player.rate} times, change`}
      onClick={player.nextRate}
    >
      <span className="num">{player.rate}×</span>
    </Button>
  );
}

function CopyLink({ ms, interviewId }: { ms: number; interviewId: string }) {
  const tell = useToast();
  const copy = async () => {
    const address = new URL(window.location.href);
    address.search = new URLSearchParams({
      tab: "interviews",
      interview: interviewId,
      at: String(ms),
    }).toString();
    await navigator.clipboard.writeText(address.toString());
    tell({ text: `Link to ${clock(ms)} copied.` });
  };
  return (
    <Button size="s" variant="quiet" onClick={() => void copy()}>
      <Icon name="link" /> <span className="num hidden sm:inline">Link to {clock(ms)}</span>
      <span className="sr-only sm:hidden">Copy a link to this moment</span>
    </Button>
  );
}

/** Jump to what is being said now. */
export function ToNow({ interview, player }: { interview: Interview; player: Player }) {
  if (!interview.live) return null;
  const now = Math.max(0, interview.live.recorded_ms - BEHIND_MS);
  return (
    <Button size="s" onClick={() => player.seek(now, true)}>
      Listen to now
    </Button>
  );
}

function NoSound({ interview, failed }: { interview: Interview; failed: boolean }) {
  const words = noSoundWords(interview, failed);
  if (!words) return null;
  return (
    <p role="status" className="mb-3 rounded-s bg-sunken px-3 py-2 text-12 text-ink-2">
      {words}
    </p>
  );
}

function noSoundWords({ recording, segments, live }: Interview, failed: boolean): string | null {
  if (recording?.state === "erased")
    return "The recording was erased. The decision record remains.";
  if (failed)
    return "The recording could not be played. It is safe; load the page again to try once more.";
  if (recording?.url || live) return null;
  if (segments.length > 0)
    return "The recording is being made ready to listen to. Words can be read below.";
  return "No sound was recorded: everything was typed, or nothing was said yet.";
}
