/** Inviting several: the way to it from the board, and how many are chosen on the table. */
import type { ApplicationRow } from "@/api/types";
import { plural } from "@/lib/time";
import { Button, Icon } from "@/ui";
import { canBeChosen } from "./chosen";
import type { Several } from "./use-several";

export function InviteBar({ several }: { several: Several }) {
  const words = plural(several.rows.length, "person", "people");
  if (several.rows.length === 0) return null;
  return (
    <div className="sticky top-2 z-10 mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-m border border-accent bg-accent-tint px-3.5 py-2">
      <span role="status" className="num flex-1 font-strong">
        {words} chosen
      </span>
      <Button onClick={several.clear}>Choose nobody</Button>
      <Button variant="primary" onClick={several.ask}>
        Invite {words}
      </Button>
    </div>
  );
}

type SeveralProps = { shown: boolean; people: readonly ApplicationRow[]; onPress: () => void };

export function InviteSeveral({ shown, people, onPress }: SeveralProps) {
  if (!shown || !people.some(canBeChosen)) return null;
  return (
    <Button size="s" onClick={onPress}>
      <Icon name="person" /> Invite several
    </Button>
  );
}
