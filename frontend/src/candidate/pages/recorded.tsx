/** What is recorded, and what is not. */
import { Icon, type IconName } from "@/ui";
import type { Invitation } from "../api";
import { Section } from "../layout";

type Kind = Invitation["recorded"][number];

const WORDS: Record<Kind, { icon: IconName; text: string }> = {
  voice: { icon: "mic", text: "Your voice, and the written transcript made from it" },
  typed_answers: { icon: "keyboard", text: "What you type as an answer" },
  video: { icon: "camera", text: "Your picture, only if you agree to it and turn the camera on" },
};

export function Recorded({ recorded }: { recorded: readonly Kind[] }) {
  const not = [
    recorded.includes("video") ? null : "your picture",
    "your screen",
    "your other tabs",
    "anything before you press Start or while you pause",
  ].filter(Boolean);
  return (
    <Section title="What is recorded">
      <ul className="grid w-full gap-2">
        {recorded.map((kind) => (
          <li key={kind} className="grid grid-cols-[20px_1fr] gap-3">
            <Icon name={WORDS[kind].icon} size={20} className="mt-0.75 text-ink-2" />
            <span>{WORDS[kind].text}</span>
          </li>
        ))}
      </ul>
      {recorded.includes("voice") && (
        <p className="text-ink-2">
          While the interview records, this browser keeps a locked copy of your voice
          {recorded.includes("video") && ", and a small one of your picture if it is recorded"}, so
          that a weak line loses nothing. It is deleted once all has arrived, at the latest when you
          come back after a week.
        </p>
      )}
      <p className="text-ink-2">Not recorded: {not.join(", ")}.</p>
    </Section>
  );
}
