/** What stands over a long form once something in it is not saved. */
import { Button } from "./button";

type Props = {
  wrong: boolean;
  saving: boolean;
  /** Somebody else saved meanwhile: it is first said what becomes of theirs. */
  moved?: boolean;
  onSave: () => void;
  onDrop: () => void;
};

export function SaveBar({ wrong, saving, moved = false, onSave, onDrop }: Props) {
  const why = moved ? "somebody else changed them meanwhile" : "something does not fit";
  return (
    <div className="appear sticky bottom-16 z-20 mt-4 flex flex-wrap items-center justify-end gap-2 rounded-m border border-line-strong bg-surface px-4 py-2.5 shadow-float sm:bottom-3">
      <span role="status" className="min-w-0 flex-1 text-ink-2">
        {moved || wrong ? `Not saved: ${why}` : "Not saved yet"}
      </span>
      <Button variant="quiet" onClick={onDrop}>
        Drop changes
      </Button>
      <Button variant="primary" onClick={onSave} disabled={wrong || saving || moved}>
        {saving ? "Saving" : "Save"}
      </Button>
    </div>
  );
}
