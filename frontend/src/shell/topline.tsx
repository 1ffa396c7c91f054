/** The 48 px top line: where one is, the search, the keyboard help. */
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { Icon, IconButton, Kbd } from "@/ui";

export type Crumb = { label: string; to?: string };

type Props = {
  crumbs: readonly Crumb[];
  onSearch: () => void;
  onHelp: () => void;
  extra?: ReactNode;
};

export function TopLine({ crumbs, onSearch, onHelp, extra }: Props) {
  return (
    <header className="flex h-12 items-center gap-3 border-b border-line bg-surface px-4 sm:px-6">
      <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
        <ol className="flex items-center gap-2 overflow-hidden whitespace-nowrap text-ink-2">
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb.label}>
              {index > 0 && (
                <li aria-hidden="true" className="hidden sm:list-item">
                  /
                </li>
              )}
              <CrumbItem {...crumb} last={index === crumbs.length - 1} />
            </Fragment>
          ))}
        </ol>
      </nav>
      {extra}
      <button
        type="button"
        onClick={onSearch}
        className="flex h-8 w-8 items-center gap-2 rounded-s border border-line bg-bg px-2 text-ink-2 hover:border-ink-3 sm:w-[280px] sm:pr-2 sm:pl-2.5"
      >
        <Icon name="search" />
        <span className="sr-only sm:not-sr-only">Find a person or job</span>
        <span className="ml-auto hidden sm:inline">
          <Kbd>/</Kbd>
        </span>
      </button>
      <span className="hidden sm:block">
        <IconButton label="Keyboard help" variant="quiet" onClick={onHelp}>
          <Kbd>?</Kbd>
        </IconButton>
      </span>
    </header>
  );
}

function CrumbItem({ label, to, last }: Crumb & { last: boolean }) {
  if (last)
    return (
      <li aria-current="page" className="truncate font-strong text-ink" title={label}>
        {label}
      </li>
    );
  return (
    <li className="hidden truncate sm:list-item">
      {to ? (
        <Link to={to} className="hover:text-ink hover:underline">
          {label}
        </Link>
      ) : (
        label
      )}
    </li>
  );
}
