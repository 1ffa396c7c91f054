/** Few facts side by side; below each other on a phone. */
import type { ReactNode } from "react";

export type Fact = { name: string; value: ReactNode; more?: string | null };

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid border-y border-line sm:auto-cols-fr sm:grid-flow-col">
      {facts.map((fact) => (
        <div
          key={fact.name}
          className="grid grid-cols-[96px_1fr] gap-x-3 border-line py-3 not-first:border-t sm:block sm:py-5 sm:pr-5 sm:not-first:border-t-0 sm:not-first:border-l sm:not-first:pl-5"
        >
          <dt className="row-span-2 pt-0.75 text-14 text-ink-2 sm:mb-1 sm:pt-0">{fact.name}</dt>
          <dd className="num min-w-0 font-strong text-balance break-words">{fact.value}</dd>
          {fact.more && <dd className="num mt-0.5 text-14 text-ink-2">{fact.more}</dd>}
        </div>
      ))}
    </dl>
  );
}
