/** Files of the recording to take away: asked for, made in the background, fetched. */
import { useQuery } from "@tanstack/react-query";
import type { ExportFormat, Interview, RecordingExport } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { exactTime, sizeWords } from "@/lib/time";
import { Banner, Button, Icon, Menu, Progress } from "@/ui";
import { exportsQuery, isUnderWay, useAskForExport } from "./queries";

const FORMATS: readonly ExportFormat[] = ["webm", "mp4", "ogg"];

const FORMAT_WORDS: Record<ExportFormat, string> = {
  webm: "As recorded (WebM)",
  mp4: "For any player (MP4)",
  ogg: "Voices only (Ogg)",
};

const FAILURE: Record<string, string> = {
  temporal_away: "The workshop that makes files is away. Nothing is lost.",
  worker_lost: "The worker was lost in the middle of it. Nothing is lost.",
  media_unreadable: "The recording could not be converted. It can still be played here.",
  key_destroyed: "The recording was erased.",
};

/** The button; what it asks for shows in `DownloadList`. */
export function DownloadMenu({ interview }: { interview: Interview }) {
  const may = useMay("export_recordings");
  const ask = useAskForExport(interview.id);
  if (!may || !interview.recording?.url) return null;
  return (
    <Menu
      header="Made in the background, kept for a day"
      trigger={
        <Button size="s" variant="quiet" disabled={ask.isPending}>
          <Icon name="download" /> <span className="hidden sm:inline">Download</span>
          <span className="sr-only sm:hidden">Download</span>
        </Button>
      }
      items={FORMATS.map((format) => ({
        label: FORMAT_WORDS[format],
        onSelect: () => ask.mutate(format),
      }))}
    />
  );
}

export function DownloadList({ interview }: { interview: Interview }) {
  const may = useMay("export_recordings");
  const enabled = may && Boolean(interview.recording?.url);
  const { data } = useQuery({ ...exportsQuery(interview.id), enabled });
  const ask = useAskForExport(interview.id);
  if (!data?.length) return null;
  return (
    <ul aria-label="Downloads" className="mt-3 grid gap-2 border-t border-line pt-3">
      {data.map((one) => (
        <li key={one.id}>
          <Download file={one} onRetry={() => ask.mutate(one.format)} />
        </li>
      ))}
    </ul>
  );
}

function Download({ file, onRetry }: { file: RecordingExport; onRetry: () => void }) {
  const name = FORMAT_WORDS[file.format];
  if (isUnderWay(file))
    return (
      <Progress
        label={`${name}, being made`}
        words={file.state === "queued" ? `${name}: waits for its turn` : `${name}: being made`}
        value={file.percent / 100}
      />
    );
  if (file.url)
    return (
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-2">
        <a
          href={file.url}
          download
          className="inline-flex min-h-6 items-center gap-1.5 font-strong text-accent underline-offset-4 hover:underline"
        >
          <Icon name="download" /> {name}
        </a>
        <span className="num">{sizeWords(file.size)}</span>
        <span>kept until {exactTime(file.expires_at)}</span>
      </p>
    );
  return (
    <Banner
      tone="attention"
      title={`${name} could not be made`}
      action={
        <Button size="s" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {FAILURE[file.failure ?? ""] ?? "Something went wrong while it was made. Nothing is lost."}
    </Banner>
  );
}
