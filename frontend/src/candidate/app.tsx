/** The pages of the candidate; one thing a page, plain words, always a way out. */
import {
  type ComponentType,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { go, type Page, pageOf, usePage } from "./address";
import { After } from "./after/after";
import { getInterview, getInvitation, getSchedule, isSignedIn, Refused, watchSession } from "./api";
import { Check } from "./device/check";
import { forgetOld } from "./keep/store";
import { Agree } from "./pages/agree";
import { InvitationPage } from "./pages/invitation";
import { LinkPage } from "./pages/link";
import { PersonPage } from "./pages/person";
import { Away, Loading, SignedOut } from "./pages/plain";
import { ReviewPage } from "./pages/review";
import { hasTime, pageFor, type Standing } from "./where";

/** The room is the largest page: it comes while the candidate reads. */
const room = () => import("./room/room");
const Room = lazy(async () => ({ default: (await room()).Room }));
const Choose = lazy(async () => ({ default: (await import("./times/choose")).Choose }));
const OwnTime = lazy(async () => ({ default: (await import("./times/own-time")).OwnTime }));

type Seat = "loading" | "link" | "out" | "away" | "gone" | "in";

export function App({ token }: { token: string | null }) {
  const [seat, setSeat] = useState<Seat>(token ? "link" : "loading");
  const [standing, setStanding] = useState<Standing | null>(null);
  const landed = useRef(false);

  const load = useCallback(async () => {
    try {
      const [invitation, interview, schedule] = await Promise.all([
        getInvitation(),
        getInterview(),
        getSchedule(),
      ]);
      const found = { invitation, interview, schedule };
      // Who comes back wants to know when it is; the invitation is one step from there.
      if (!landed.current && hasTime(found) && pageOf(location.pathname) === "invitation")
        go("time", true);
      landed.current = true;
      setStanding(found);
      setSeat("in");
    } catch (error) {
      // What stands on the page stays; only a first look has nothing to show.
      if (error instanceof Refused && error.status === 410) setSeat("gone");
      else setSeat((before) => (before === "in" || before === "out" ? before : "away"));
    }
  }, []);
  const change = useCallback(
    async (told?: Partial<Standing>) => {
      if (!told) return load();
      setStanding((before) => before && { ...before, ...told });
    },
    [load],
  );

  const enter = useCallback(async () => {
    setSeat("loading");
    const signedIn = await isSignedIn().catch(() => null);
    if (signedIn === null) setSeat("away");
    else if (signedIn) await load();
    else setSeat("out");
  }, [load]);

  useEffect(() => {
    if (!token) void enter();
  }, [token, enter]);
  useEffect(() => void forgetOld(Date.now()).catch(() => {}), []);
  useEffect(() => watchSession((signedIn) => !signedIn && setSeat("out")), []);

  if (seat === "link" && token) return <LinkPage token={token} onIn={load} onBack={enter} />;
  if (seat === "out") return <SignedOut />;
  if (seat === "gone") return <ReviewPage />;
  if (seat === "away") return <Away onRetry={enter} />;
  if (seat === "loading" || !standing) return <Loading />;
  return <Pages standing={standing} onChange={change} />;
}

export type PageProps = {
  standing: Standing;
  /** Take in what the API just told, or ask it anew where the interview stands. */
  onChange: (told?: Partial<Standing>) => Promise<void>;
};

function Pages(props: PageProps) {
  const asked = usePage();
  const page = pageFor(asked, props.standing, new Date());
  useEffect(() => {
    if (page !== asked) go(page, true);
  }, [page, asked]);
  const Shown = PAGES[page];
  useEffect(() => void room().catch(() => {}), []);
  return (
    <Suspense fallback={<Loading />}>
      <Shown key={page} {...props} />
    </Suspense>
  );
}

const PAGES: Record<Page, ComponentType<PageProps>> = {
  invitation: InvitationPage,
  choose: Choose,
  time: OwnTime,
  agree: Agree,
  check: Check,
  room: Room,
  after: After,
  person: PersonPage,
};
