/** The player: its controls and one timeline for voices, words and gaps. */
import type { Interview } from "@/api/types";
import { clock } from "@/lib/time";
import { Button, Icon, IconButton, useToast } from "@/ui";
import type { Quote } from "./quotes";
import { lengthOf } from "./timeline";
import { TimelineView } from "./timeline-view";
import type { Player } from "./use-player";

type Props = { interview: Interview; player: Player; quotes: readonly Quote[]; name: string };

const TEN_S = 10_000;

export function PlayerPanel({ interview, player, quotes, name }: Props) {
  const length = lengthOf(interview);
  const url = interview.recording?.url;
  return (
    <section aria-label="Player" className="panel px-4 py-3">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript below is the text of all that is said */}
      <audio ref={player.audio} src={url ?? undefined} preload="metadata" />
      <div className="mb-3 flex flex-wrap items-center gap-1">
        <Controls player={player} length={length} disabled={!url} />
        <CopyLink ms={player.ms} interviewId={interview.id} />
      </div>
      <NoSound interview={interview} failed={player.failed} />
      <TimelineView interview={interview} player={player} quotes={quotes} name={name} />
    </section>
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
      <span className="num mx-2 font-strong">
        {clock(player.ms)} <span className="font-regular text-ink-2">/ {clock(length)}</span>
      </span>
      <Button
        size="s"
        variant="quiet"
        className="ml-auto"
        disabled={disabled}
        aria-label={`Speed ${player.rate} times, change`}
        onClick={player.nextRate}
      >
        <span className="num">{player.rate}×</span>
      </Button>
    </>
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

function NoSound({ interview, failed }: { interview: Interview; failed: boolean }) {
  const words = noSoundWords(interview, failed);
  if (!words) return null;
  return (
    <p role="status" className="mb-3 rounded-s bg-sunken px-3 py-2 text-12 text-ink-2">
      {words}
    </p>
  );
}

function noSoundWords({ recording, segments }: Interview, failed: boolean): string | null {
  if (recording?.state === "erased")
    return "The recording was erased. The decision record remains.";
  if (failed)
    return "The recording could not be played. It is safe; load the page again to try once more.";
  if (recording?.url) return null;
  if (segments.length > 0)
    return "The recording is being made ready to listen to. Words can be read below.";
  return "No sound was recorded: everything was typed, or nothing was said yet.";
}
