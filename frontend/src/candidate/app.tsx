/** The pages of the candidate; one thing a page, plain words, always a way out. */
import { useCallback, useEffect, useState } from "react";
import { go, usePage } from "./address";
import { After } from "./after/after";
import { getInterview, getInvitation, isSignedIn, watchSession } from "./api";
import { Check } from "./device/check";
import { Agree } from "./pages/agree";
import { InvitationPage } from "./pages/invitation";
import { LinkPage } from "./pages/link";
import { PersonPage } from "./pages/person";
import { Away, Loading, SignedOut } from "./pages/plain";
import { Room } from "./room/room";
import { pageFor, type Standing } from "./where";

type Seat = "loading" | "link" | "out" | "away" | "in";

export function App({ token }: { token: string | null }) {
  const [seat, setSeat] = useState<Seat>(token ? "link" : "loading");
  const [standing, setStanding] = useState<Standing | null>(null);

  const load = useCallback(async () => {
    try {
      const [invitation, interview] = await Promise.all([getInvitation(), getInterview()]);
      setStanding({ invitation, interview });
      setSeat("in");
    } catch {
      setSeat("away");
    }
  }, []);

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
  useEffect(() => watchSession((signedIn) => !signedIn && setSeat("out")), []);

  if (seat === "link" && token) return <LinkPage token={token} onIn={load} onBack={enter} />;
  if (seat === "out") return <SignedOut />;
  if (seat === "away") return <Away onRetry={enter} />;
  if (seat === "loading" || !standing) return <Loading />;
  return <Pages standing={standing} onChange={load} setStanding={setStanding} />;
}

export type PageProps = {
  standing: Standing;
  /** Ask the API anew where the interview stands. */
  onChange: () => Promise<void>;
};

type PagesProps = PageProps & { setStanding: (standing: Standing) => void };

function Pages({ standing, onChange, setStanding }: PagesProps) {
  const asked = usePage();
  const page = pageFor(asked, standing);
  useEffect(() => {
    if (page !== asked) go(page, true);
  }, [page, asked]);
  const props: PageProps = { standing, onChange };
  switch (page) {
    case "agree":
      return (
        <Agree
          {...props}
          onAgreed={(invitation) => {
            setStanding({ ...standing, invitation });
            go("check");
          }}
        />
      );
    case "check":
      return <Check {...props} />;
    case "room":
      return <Room {...props} />;
    case "after":
      return <After {...props} />;
    case "person":
      return <PersonPage {...props} />;
    default:
      return <InvitationPage {...props} />;
  }
}
