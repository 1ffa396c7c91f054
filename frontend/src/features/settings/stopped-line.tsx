/** On every page of staff while all interviews are stopped. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery, useMay } from "@/features/auth/queries";
import { exactTime } from "@/lib/time";
import { Icon } from "@/ui";

export function StoppedLine() {
  const organization = useQuery(meQuery).data?.organization;
  const may = useMay("stop_interviews");
  if (!organization?.stopped_at) return null;
  return (
    <section
      aria-label="Stop switch is on"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-trouble bg-trouble-tint px-4 py-2 sm:px-6"
    >
      <Icon name="alert" className="text-trouble" />
      <p className="min-w-0 flex-1">
        <b>All interviews at {organization.name} are stopped</b> since{" "}
        {exactTime(organization.stopped_at)}. Nobody can be invited or interviewed.
      </p>
      {may && (
        <Link to="/settings" className="font-strong text-accent underline underline-offset-3">
          Open the stop switch
        </Link>
      )}
    </section>
  );
}
