/** The way between the rooms: 56 px at the left, a bar at the bottom on a phone. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Permission } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { HouseMark, RailIcon, type RailIconName } from "@/ui";

type Place = { to: string; label: string; icon: RailIconName; needs: Permission };

const WORK: readonly Place[] = [
  { to: "/jobs", label: "Jobs", icon: "jobs", needs: "list_jobs" },
  { to: "/queue", label: "Review queue", icon: "queue", needs: "list_reviews" },
  { to: "/tasks", label: "Human interviews", icon: "people", needs: "list_tasks" },
  { to: "/schedule", label: "Schedule", icon: "calendar", needs: "keep_hours" },
];
const HOUSE: readonly Place[] = [
  { to: "/templates", label: "Templates", icon: "mail", needs: "see_templates" },
  { to: "/integrations", label: "Integrations", icon: "plug", needs: "manage_integrations" },
  { to: "/audit", label: "Audit", icon: "audit", needs: "see_audit" },
  { to: "/settings", label: "Settings", icon: "settings", needs: "stop_interviews" },
];

type RailProps = { counts: Record<string, number | undefined>; account: ReactNode };

export function Rail({ counts, account }: RailProps) {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface sm:static sm:border-t-0 sm:border-r"
    >
      <div className="flex h-14 items-center justify-around px-1 sm:gap-1 sm:sticky sm:top-0 sm:h-dvh sm:max-h-[900px] sm:flex-col sm:justify-start sm:px-0 sm:pt-2 sm:pb-3">
        <Link
          to="/"
          aria-label="Interloop, home"
          className="hidden size-8 place-items-center sm:mb-2 sm:grid"
        >
          <HouseMark />
        </Link>
        {WORK.map((place) => (
          <RailLink key={place.to} {...place} count={counts[place.to]} />
        ))}
        <span className="hidden flex-1 sm:block" />
        {HOUSE.map((place) => (
          <RailLink key={place.to} {...place} count={counts[place.to]} />
        ))}
        {account}
      </div>
    </nav>
  );
}

function RailLink({ to, label, icon, needs, count }: Place & { count?: number }) {
  const may = useMay(needs);
  if (!may) return null;
  const words = count ? `${label}, ${count} waiting` : label;
  return (
    <Link
      to={to}
      aria-label={words}
      title={label}
      className="relative grid size-10 place-items-center rounded-m text-ink-2 hover:bg-sunken"
      activeProps={{ className: "bg-accent-tint! text-accent!", "aria-current": "page" }}
    >
      <RailIcon name={icon} />
      {count ? (
        <span
          aria-hidden="true"
          className="num absolute top-0.5 -right-0.5 h-4 min-w-4 rounded-full bg-accent px-1 text-center text-[10px]/4 font-strong text-accent-ink"
        >
          {count}
        </span>
      ) : null}
    </Link>
  );
}
