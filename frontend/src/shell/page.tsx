/** The frame of a page: top line, one heading, its actions, its content. */
import { createContext, type ReactNode, use, useEffect } from "react";
import { cx } from "@/lib/cx";
import { type Crumb, TopLine } from "./topline";

export type ShellActs = { search: () => void; help: () => void };

export const ShellContext = createContext<ShellActs>({ search: () => {}, help: () => {} });

type PageProps = {
  /** The document's title; also the heading when `heading` is not given. */
  title: string;
  heading?: ReactNode;
  under?: ReactNode;
  crumbs: readonly Crumb[];
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
};

export function Page({ title, heading, under, crumbs, actions, wide, children }: PageProps) {
  const { search, help } = use(ShellContext);
  useEffect(() => {
    document.title = `${title} · Interloop`;
  }, [title]);
  return (
    <>
      <TopLine crumbs={crumbs} onSearch={search} onHelp={help} />
      <main
        id="content"
        tabIndex={-1}
        className={cx(
          "mx-auto w-full px-4 pt-5 pb-24 outline-none sm:px-6 sm:pb-8",
          wide ? "max-w-[1440px]" : "max-w-[1248px]",
        )}
      >
        <div className="flex flex-wrap items-start gap-x-3 gap-y-3">
          <div className="min-w-0 flex-1 basis-64">
            {heading ?? <Heading>{title}</Heading>}
            {under}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
        {children}
      </main>
    </>
  );
}

export function Heading({ children }: { children: ReactNode }) {
  return <h1 className="text-20 font-strong tracking-[-0.01em]">{children}</h1>;
}
