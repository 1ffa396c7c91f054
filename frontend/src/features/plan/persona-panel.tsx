/** How the interviewer sounds; to read for now. */
import type { ReactNode } from "react";
import type { Persona } from "@/api/types";

export function PersonaPanel({ persona }: { persona: Persona }) {
  const name = persona?.name ?? "Noa";
  const first = (persona?.greeting ?? "").replaceAll("{name}", name);
  return (
    <section aria-label="Persona" className="panel md:col-span-2 lg:col-span-1">
      <header className="flex h-12 items-center border-b border-line px-4">
        <h2 className="font-strong">Persona</h2>
      </header>
      <div className="grid gap-4 p-4">
        <div>
          <b>{name}</b>
          <p className="text-12 text-ink-2">{persona?.style}</p>
        </div>
        <Said title="First words, always">{first}</Said>
        <Said title="Last words">{persona?.closing}</Said>
        <dl className="grid gap-2 text-12 text-ink-2">
          <div>
            <dt>Silence before speaking</dt>
            <dd className="num text-14 text-ink">
              {(persona?.patience_ms ?? 1500) / 1000} s, up to{" "}
              {(persona?.patience_most_ms ?? 6000) / 1000} s for who needs it
            </dd>
          </div>
          <div>
            <dt>Asks</dt>
            <dd className="text-14 text-ink">
              The questions of this plan and their follow-ups, nothing else
            </dd>
          </div>
        </dl>
      </div>
    </section>
  );
}

function Said({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-s bg-sunken px-3 py-2.5 text-12 text-ink-2">
      <b className="mb-0.5 block">{title}</b>“{children}”
    </div>
  );
}
