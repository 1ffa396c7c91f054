/** The interview room. Dark by default; one thing at a time: whose turn, which question. */
import { useEffect, useLayoutEffect, useState } from "react";
import { Button } from "@/ui";
import { go } from "../address";
import type { PageProps } from "../app";
import { day } from "../dates";
import { closeAll, kept, wantsToType } from "../device/devices";
import { type Held, useDevice } from "../device/use-device";
import { Healing } from "../keep/healing";
import { useKeeping } from "../keep/use-keeping";
import { AnswerBox } from "./answer-box";
import { Captions } from "./captions-view";
import { Dock } from "./dock";
import { InLine } from "./in-line";
import { Leave } from "./leave";
import { presence } from "./presence";
import { Question } from "./question";
import { Replaced } from "./replaced";
import { Side } from "./side";
import { type Connection, connectionWord, signFor } from "./sign";
import { Told } from "./told";
import { Trouble } from "./trouble";
import { TurnSign } from "./turn-sign";
import { useHold } from "./use-hold";
import { useRoom } from "./use-room";

export function Room(props: PageProps) {
  const [visit, setVisit] = useState(0);
  const [over, setOver] = useState<"replaced" | null>(null);
  useDark();
  useEffect(() => () => closeAll(), []);
  if (over === "replaced")
    return (
      <Replaced
        organization={props.standing.invitation.organization}
        onBack={() => {
          setOver(null);
          setVisit(visit + 1);
        }}
      />
    );
  return <Visit key={visit} {...props} onReplaced={() => setOver("replaced")} />;
}

const OVER_MS = 1500;

type VisitProps = PageProps & { onReplaced: () => void };

function Visit({ standing, onChange, onReplaced }: VisitProps) {
  const { invitation } = standing;
  const microphone = useMicrophone();
  const camera = useDevice("camera");
  const visit = useRoom(
    { microphone: microphone.stream, camera: camera.stream },
    invitation.video_allowed,
  );
  const { session, view } = visit;
  const keeping = useKeeping({
    interview: standing.interview.id,
    session,
    microphone: microphone.stream,
    camera: camera.stream,
  });
  const [typing, setTyping] = useState(() => wantsToType() || session.draft !== "");
  const [dialog, setDialog] = useState<"trouble" | "leave" | null>(null);
  const now = presence({ view, microphone: microphone.stream !== null, typing });
  const holding = useHold(session, now.mayHold);
  const keptUntil = invitation.open_until ? day(invitation.open_until) : null;

  useEffect(() => {
    if (view.line === "replaced") onReplaced();
    if (view.line !== "over") return;
    // The room is over a moment before the database says so: look until the page moves on.
    void onChange();
    const timer = setInterval(() => void onChange(), OVER_MS);
    return () => clearInterval(timer);
  }, [view.line, onReplaced, onChange]);
  const sign = signFor({
    view,
    held: holding.hold.on,
    typing: now.writing && !now.voice,
    keptUntil,
  });
  useEffect(() => {
    document.title = `${sign.word} · Interview with ${invitation.organization}`;
  }, [sign.word, invitation.organization]);
  const leave = () => {
    session.act("leave");
    session.stop();
    go("invitation");
    void onChange();
  };

  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto] bg-bg">
      <Bar
        organization={invitation.organization}
        job={invitation.job_title}
        connection={connectionWord(view)}
        onLeave={() => setDialog("leave")}
      />
      <main className="mx-auto grid w-full max-w-[1200px] content-start items-start gap-5 px-5 pt-4 pb-5 sm:gap-8 sm:px-10 sm:py-6 md:grid-cols-[minmax(0,1fr)_216px]">
        <div className="grid min-w-0 gap-5 sm:gap-7">
          <TurnSign sign={sign} />
          <Told
            view={view}
            keeps={keeping.keeps}
            silenced={visit.silenced}
            failure={wantsToType() ? null : microphone.failure}
            onUnsilence={visit.unsilence}
            onTrouble={() => setDialog("trouble")}
          />
          <Healing progress={keeping.progress} fromSeconds={3} />
          {view.line === "queued" && view.place !== null ? (
            <InLine place={view.place} keptUntil={keptUntil} onLeave={leave} />
          ) : (
            <>
              <Question view={view} job={invitation.job_title} onAct={(act) => session.act(act)} />
              {now.answering && (
                <AnswerBox
                  session={session}
                  maySend={now.phase !== "ended"}
                  onClose={now.voice && !view.room?.typed_only ? () => setTyping(false) : null}
                />
              )}
              <Captions view={view} />
            </>
          )}
        </div>
        <Side
          name={invitation.candidate_name ?? "You"}
          microphone={microphone}
          camera={camera}
          keepsPicture={keeping.keepsPicture}
          view={view}
        />
      </main>
      <Dock
        phase={now.phase}
        open={now.open}
        voice={now.voice}
        typing={now.writing}
        {...holding}
        onAct={(act) => session.act(act)}
        onType={() => setTyping(!typing)}
        onTrouble={() => setDialog("trouble")}
      />
      <Trouble
        standing={standing}
        onChange={onChange}
        open={dialog === "trouble"}
        onOpenChange={(is) => setDialog(is ? "trouble" : null)}
        microphone={microphone}
        onHear={visit.unsilence}
        way={view.way}
        onSwitch={() => session.switchWay()}
        onAgain={() => session.again()}
        onType={() => setTyping(true)}
      />
      <Leave
        open={dialog === "leave"}
        onOpenChange={(is) => setDialog(is ? "leave" : null)}
        keptUntil={keptUntil}
        onLeave={leave}
      />
      {/* biome-ignore lint/a11y/useMediaCaption: the captions stand on the page */}
      <audio ref={visit.audio} autoPlay className="hidden" />
    </div>
  );
}

/** The microphone of the check, or a new one after a reload; none for who only types. */
function useMicrophone(): Held {
  const microphone = useDevice("microphone");
  const { open } = microphone;
  useEffect(() => {
    if (!kept.microphone && !wantsToType()) void open();
  }, [open]);
  return microphone;
}

type BarProps = {
  organization: string;
  job: string;
  connection: Connection;
  onLeave: () => void;
};

function Bar({ organization, job, connection, onLeave }: BarProps) {
  return (
    <header className="border-b border-line px-5 sm:px-10">
      <a
        href="#question"
        className="panel absolute -top-20 left-4 z-10 px-4 py-3 font-strong focus:top-2"
      >
        Skip to the question
      </a>
      <div className="mx-auto flex min-h-14 max-w-[1120px] items-center justify-between gap-4 py-1.5">
        <p className="min-w-0 text-ink-2">
          <strong className="text-ink">{organization}</strong>
          <span className="max-sm:hidden">, {job}</span>
        </p>
        <div className="flex items-center gap-3 text-14 text-ink-2 sm:gap-5">
          <p className="whitespace-nowrap">
            Connection{" "}
            <b className={connection.trouble ? "text-attention" : "text-ink"}>{connection.word}</b>
            <span className="max-sm:hidden">{connection.aside}</span>
          </p>
          <Button variant="quiet" size="touch" className="-mr-3.5" onClick={onLeave}>
            Leave
          </Button>
        </div>
      </div>
    </header>
  );
}

/** The whole document, so that dialogs are dark too. */
function useDark(): void {
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = "dark";
    return () => void dispatchEvent(new Event("themechange"));
  }, []);
}
