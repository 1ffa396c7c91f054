/** A place to drop one file on, which is also a button to choose one. */
import { type DragEvent, useId, useState } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";

type Props = {
  label: string;
  accept: string;
  /** What is being done with the last file; takes no other one meanwhile. */
  busy?: string | undefined;
  onFile: (file: File) => void;
};

export function FileDrop({ label, accept, busy, onFile }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !busy) onFile(file);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        "flex min-h-16 cursor-pointer items-center justify-center gap-2.5 rounded-m border border-dashed px-4 py-3 text-center text-ink-2",
        over ? "border-accent bg-accent-tint" : "border-ink-3 hover:bg-hover",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
      )}
    >
      <Icon name="upload" />
      <span>{busy ?? label}</span>
      <input
        id={id}
        type="file"
        aria-label={label}
        aria-busy={Boolean(busy)}
        accept={accept}
        disabled={Boolean(busy)}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
    </label>
  );
}
