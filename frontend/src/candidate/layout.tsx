/** The frame of a candidate's page: name of the company, one column, and whom to ask. */
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import { Button, Icon, type IconName } from "@/ui";
import type { Invitation } from "./api";
import { useTitle } from "./title";

export const WRAP = "mx-auto w-full max-w-[928px] px-5 sm:px-10";

type FrameProps = {
  title: string;
  organization?: string;
  help?: ReactNode;
  children: ReactNode;
};

export function Frame({ title, organization, help, children }: FrameProps) {
  const heading = useTitle(organization ? `${title} · ${organization}` : title);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="panel absolute -top-20 left-4 z-10 px-4 py-3 font-strong focus:top-2"
      >
        Skip to the content
      </a>
      <header className="border-b border-line bg-surface">
        <div className={cx(WRAP, "flex min-h-14 items-center justify-between gap-4 sm:min-h-16")}>
          <p className="flex items-center gap-3 font-strong">
            <Tile name={organization ?? "Interloop"} />
            {organization ?? "Interloop"}
          </p>
          {help && (
            <Button asChild variant="quiet" size="touch" className="-mr-3">
              <a href="#help">Get help</a>
            </Button>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} className={cx(WRAP, "flex-auto pb-8 outline-none")}>
        <h1
          ref={heading}
          tabIndex={-1}
          className="pt-8 text-24 font-strong tracking-[-0.02em] outline-none sm:pt-14 sm:text-32"
        >
          {title}
        </h1>
        {children}
      </main>
      {help && <footer className="border-t border-line bg-surface">{help}</footer>}
    </div>
  );
}

function Tile({ name }: { name: string }) {
  const [first = "", second = ""] = [...name.replace(/\s/g, "")];
  return (
    <span
      aria-hidden="true"
      className="grid size-8 place-items-center rounded-m bg-ink text-14 font-strong text-bg"
    >
      {first.toLocaleUpperCase() + second.toLocaleLowerCase()}
    </span>
  );
}

/** The sentences under the heading. */
export function Lead({ children }: { children: ReactNode }) {
  return (
    <div className="mt-4 grid max-w-[680px] gap-3 pb-7 text-ink-2 sm:pb-10 sm:text-20 [&_strong]:text-ink">
      {children}
    </div>
  );
}

type SectionProps = { title: string; beside?: ReactNode; children: ReactNode; flush?: boolean };

/** Label left, text right, on a hairline; stacked on a phone. */
export function Section({ title, beside, children, flush }: SectionProps) {
  return (
    <section
      aria-label={title}
      className="grid gap-x-8 gap-y-3 border-t border-line py-7 sm:grid-cols-[224px_minmax(0,592px)] sm:py-8"
    >
      <div className="flex flex-wrap content-start items-center justify-between gap-x-3 gap-y-2.5 sm:block sm:space-y-2.5">
        <h2 className="text-20 font-strong tracking-[-0.01em]">{title}</h2>
        {beside}
      </div>
      <div
        className={cx(
          "grid min-w-0 grid-cols-[minmax(0,1fr)] justify-items-start",
          !flush && "gap-4",
        )}
      >
        {children}
      </div>
    </section>
  );
}

/** Buttons in a row, or one below the other on a phone. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="flex w-full flex-col gap-3 sm:flex-row sm:flex-wrap">{children}</div>;
}

/** The foot of every page: a person to reach. */
export function Help({ invitation, children }: { invitation: Invitation; children?: ReactNode }) {
  const { contact, organization } = invitation;
  return (
    <section
      id="help"
      aria-label="A person can help"
      className={cx(WRAP, "grid gap-x-8 gap-y-3 pt-8 pb-10 sm:grid-cols-[224px_minmax(0,592px)]")}
    >
      <h2 className="text-20 font-strong tracking-[-0.01em]">A person can help</h2>
      <div className="grid justify-items-start gap-3">
        {contact ? (
          <>
            <p>{contact.name} sent you the invitation and answers your questions.</p>
            <a
              className="inline-flex min-h-11 items-center text-accent underline underline-offset-3 sm:min-h-7"
              href={`mailto:${contact.email}`}
            >
              {contact.email}
            </a>
          </>
        ) : (
          <p>Write to the person named in your invitation e-mail.</p>
        )}
        {children}
        <p className="text-14 text-ink-2">Interloop runs this interview for {organization}.</p>
      </div>
    </section>
  );
}

const TONES = {
  good: { box: "bg-good-tint", mark: "text-good", icon: "check" },
  info: { box: "bg-info-tint", mark: "text-info", icon: "info" },
  attention: { box: "bg-attention-tint", mark: "text-attention", icon: "warning" },
  trouble: { box: "bg-trouble-tint", mark: "text-trouble", icon: "alert" },
  plain: { box: "border border-line bg-sunken", mark: "text-ink-2", icon: "info" },
} as const satisfies Record<string, { box: string; mark: string; icon: IconName }>;

type NoteProps = {
  tone?: keyof typeof TONES;
  /** It appeared just now: say it. */
  live?: boolean;
  children: ReactNode;
};

/** Words on a tint. */
export function Note({ tone = "info", live, children }: NoteProps) {
  const { box, mark, icon } = TONES[tone];
  const role = live ? (tone === "trouble" ? "alert" : "status") : undefined;
  return (
    <div role={role} className={cx("flex w-full gap-3 rounded-m px-4 py-3.5", box)}>
      <Icon name={icon} size={20} className={cx("mt-0.75", mark)} />
      <div className="min-w-0 flex-1 space-y-2">{children}</div>
    </div>
  );
}

const CHIP = {
  good: { box: "bg-good-tint text-good", icon: "check" },
  trouble: { box: "bg-trouble-tint text-trouble", icon: "alert" },
  attention: { box: "bg-attention-tint text-attention", icon: "warning" },
  info: { box: "bg-info-tint text-info", icon: "clock" },
  plain: { box: "bg-sunken text-ink-2", icon: "minus" },
} as const satisfies Record<string, { box: string; icon: IconName }>;

type ChipProps = { tone: keyof typeof CHIP; live?: boolean; children: ReactNode };

/** A word on a state: icon, word and tint. */
export function StateChip({ tone, live, children }: ChipProps) {
  return (
    <span
      role={live ? "status" : undefined}
      className={cx(
        "inline-flex items-center gap-1.5 rounded-full py-1 pr-2.5 pl-2 text-14 font-strong whitespace-nowrap",
        CHIP[tone].box,
      )}
    >
      <Icon name={CHIP[tone].icon} />
      {children}
    </span>
  );
}
