/** A document's text as read, with one place of it lit up. */
import { useEffect, useRef } from "react";
import { pieces } from "@/lib/pieces";

type Props = { text: string; place: { start: number; end: number } | null };

export function DocumentText({ text, place }: Props) {
  const lit = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another place is chosen
  useEffect(() => {
    lit.current?.scrollIntoView({ block: "center" });
  }, [place]);
  const spans = place ? [{ ...place, id: "lit" }] : [];
  return (
    <div className="max-w-[76ch] break-words whitespace-pre-wrap">
      {pieces(text, spans).map((piece) =>
        piece.ids.length > 0 ? (
          <mark
            key={piece.start}
            ref={lit}
            className="rounded-[3px] bg-accent px-0.5 py-px text-accent-ink"
          >
            {piece.text}
          </mark>
        ) : (
          <span key={piece.start}>{piece.text}</span>
        ),
      )}
    </div>
  );
}
