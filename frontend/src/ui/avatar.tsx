/** A person is initials and a name, never a photo: faces do not belong beside marks. */
import { cx } from "@/lib/cx";

const SIZE = {
  s: "size-5 text-9",
  m: "size-7 text-11",
  l: "size-10 text-14",
} as const;

export function Avatar({ name, size = "m" }: { name: string; size?: keyof typeof SIZE }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-grid flex-none place-items-center rounded-full border border-line bg-sunken font-strong text-ink-2",
        SIZE[size],
      )}
    >
      {initials(name)}
    </span>
  );
}

/** First letters of the first and the last word: "Ada King Lovelace" is AL. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return picked.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("") || "?";
}
