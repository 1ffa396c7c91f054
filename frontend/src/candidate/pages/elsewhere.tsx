/** Going on with the interview on another device: a link of one's own, made here. */
import { useState } from "react";
import { Button } from "@/ui";
import { makeOwnLink, type OwnLink } from "../api";
import { hour } from "../dates";
import { Note } from "../layout";

export function Elsewhere() {
  const [link, setLink] = useState<OwnLink | null>(null);
  const [state, setState] = useState<"idle" | "busy" | "failed" | "copied">("idle");
  const make = async () => {
    setState("busy");
    try {
      setLink(await makeOwnLink());
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  const copy = async () => {
    if (!link) return;
    await navigator.clipboard.writeText(link.url);
    setState("copied");
  };
  if (!link)
    return (
      <div className="grid w-full justify-items-start gap-3">
        <p className="text-ink-2">
          Make a link here and open it there. The interview goes on at the same question; this
          device stays signed in, and the newest page has the interview.
        </p>
        <Button size="touch" onClick={make} aria-disabled={state === "busy"}>
          {state === "busy" ? "Making a link…" : "Make a link"}
        </Button>
        {state === "failed" && (
          <Note tone="attention" live>
            <p>That did not work. Please wait a few minutes and try again.</p>
          </Note>
        )}
      </div>
    );
  return (
    <div className="grid w-full justify-items-start gap-3">
      <p role="status" className="text-ink-2">
        Your link works once, until {hour(link.expires_at)}. Whoever opens it gets in as you: send
        it to yourself only.
      </p>
      <p className="num w-full rounded-m border border-line bg-sunken px-3 py-2.5 text-14 break-all select-all">
        {link.url}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="touch" onClick={copy}>
          {state === "copied" ? "Copied" : "Copy the link"}
        </Button>
        <Button asChild size="touch" variant="quiet">
          <a href={mailto(link.url)}>Mail it to yourself</a>
        </Button>
      </div>
    </div>
  );
}

const mailto = (url: string): string =>
  `mailto:?subject=${encodeURIComponent("My interview")}&body=${encodeURIComponent(url)}`;
