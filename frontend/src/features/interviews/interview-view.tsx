/** One interview to hear and to read, with one playhead for all of it. */
import { useQuery } from "@tanstack/react-query";
import type { Interview } from "@/api/types";
import { letter } from "@/features/plan/draft";
import { ScorecardPanel } from "@/features/scorecard/scorecard-panel";
import { lengthWords } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { KeyLine } from "@/shell/help";
import { useShortcuts } from "@/shell/shortcuts";
import { Banner, EmptyState, SkeletonRows } from "@/ui";
import { filledWords, lostMs } from "./gaps";
import { PlayerPanel, ToNow } from "./player-panel";
import { interviewQuery, scorecardQuery } from "./queries";
import { type Quote, quotesOf } from "./quotes";
import { Transcript } from "./transcript";
import { type Player, type Source, usePlayer } from "./use-player";

type Props = { id: string; name: string; startMs: number };

export function InterviewView({ id, name, startMs }: Props) {
  const { data, error, refetch } = useQuery(interviewQuery(id));
  if (error)
    return (
      <div className="panel">
        <Failed what="The interview" error={error} onRetry={refetch} />
      </div>
    );
  if (!data)
    return (
      <div className="panel">
        <SkeletonRows label="Loading the interview" />
      </div>
    );
  return <Loaded interview={data} name={name} startMs={startMs} />;
}

function Loaded({
  interview,
  name,
  startMs,
}: {
  interview: Interview;
  name: string;
  startMs: number;
}) {
  const player = usePlayer(sourceOf(interview), startMs);
  const card = useQuery(scorecardQuery(interview.id)).data;
  const quotes = card ? quotesOf(card) : [];
  useKeys(player, quotes);
  const first = name.split(" ")[0] ?? name;
  const words = interview.turn_list.length > 0;
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_392px]">
        <div className="grid min-w-0 gap-4">
          <Told interview={interview} player={player} />
          <PlayerPanel interview={interview} player={player} quotes={quotes} name={first} />
          {words ? (
            <Transcript
              interview={interview}
              player={player}
              quotes={quotes}
              letters={card?.criteria.map((_, index) => letter(index)) ?? []}
              name={first}
            />
          ) : (
            <div className="panel">
              <EmptyState title="Nothing was said yet">
                Words show here as the interview goes on.
              </EmptyState>
            </div>
          )}
        </div>
        <ScorecardPanel
          interviewId={interview.id}
          onQuote={(ms) => player.seek(ms, true)}
          currentMs={player.ms}
        />
      </div>
      <KeyLine
        keys={[
          ["Space", "play"],
          ["[ ]", "quote before, after"],
          ["1–5", "mark the open criterion"],
        ]}
      />
    </>
  );
}

/** The whole recording once it stands; what was recorded so far while the call goes on. */
function sourceOf({ recording, live }: Interview): Source | null {
  if (recording?.url) return { url: recording.url, live: false };
  return live ? { url: live.url, live: true } : null;
}

function useKeys(player: Player, quotes: readonly Quote[]) {
  const starts = [...new Set(quotes.map((quote) => quote.startMs))].sort((a, b) => a - b);
  const near = 400;
  const go = (ms: number | undefined) => ms !== undefined && player.seek(ms, true);
  useShortcuts([
    { key: " ", label: "Play or pause", run: player.toggle },
    {
      key: "[",
      label: "Quote before",
      run: () => go(starts.findLast((ms) => ms < player.ms - near)),
    },
    { key: "]", label: "Quote after", run: () => go(starts.find((ms) => ms > player.ms + near)) },
  ]);
}

/** What one must know before listening: gaps, unreliable words, a call still going on. */
function Told({ interview, player }: { interview: Interview; player: Player }) {
  const lost = lostMs(interview);
  const filled = filledWords(interview.recording);
  const unsure = interview.turn_list.filter(
    (turn) => turn.speaker === "candidate" && !turn.reliable && !turn.confirmed,
  ).length;
  return (
    <div className="grid gap-3 empty:hidden">
      {interview.state === "live" && (
        <Banner
          title="They are in the interview now"
          action={<ToNow interview={interview} player={player} />}
        >
          The transcript grows as they speak
          {interview.live && ", and what was recorded so far can be played, some seconds behind"}.
        </Banner>
      )}
      {lost > 0 && (
        <Banner tone="attention" title={`${lengthWords(lost)} without sound`}>
          What is missing, and why, stands under the timeline. The words around it stand where they
          belong, and technical trouble counts against nobody.
        </Banner>
      )}
      {filled && (
        <Banner tone="plain" title={`${filled} from the candidate's own device`}>
          The line lost it; the device had kept it and sent it later.
        </Banner>
      )}
      {unsure > 0 && (
        <Banner tone="plain" title="Some words come from a recogniser that is often wrong">
          They are marked, and back no mark until the candidate confirms or corrects them.
        </Banner>
      )}
    </div>
  );
}
