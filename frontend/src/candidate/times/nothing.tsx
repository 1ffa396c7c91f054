/** No time to choose: why, and what to do. */
import { Button } from "@/ui";
import type { PageProps } from "../app";
import { Note } from "../layout";
import type { Found } from "./use-slots";
import { notOpenWords } from "./words";

type Props = PageProps & { found: Found; look: () => Promise<void> };

export function Nothing({ standing, found, look }: Props) {
  return (
    <div className="grid justify-items-start gap-4 py-8">
      {found.at === "away" && (
        <Note tone="trouble" live>
          <p>
            The line to our side is interrupted, so we cannot show you the free times. Nothing has
            changed.
          </p>
        </Note>
      )}
      {found.at === "closed" && (
        <Note tone="plain" live>
          <p>{notOpenWords(standing)}</p>
        </Note>
      )}
      {found.at === "here" && (
        <Note tone="plain" live>
          <p className="font-strong">No time is free at the moment.</p>
          <p>
            It is not about you: all times of the coming weeks are taken, or none has been opened
            yet. This page looks again every minute.
          </p>
        </Note>
      )}
      <Button size="touch" onClick={() => void look()}>
        Look again
      </Button>
    </div>
  );
}
