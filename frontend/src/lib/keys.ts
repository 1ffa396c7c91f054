/** Decides whether a key press is a shortcut or belongs to what has the focus. */

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "defaultPrevented"> & {
  target: EventTarget | null;
};

/**
 * Tell whether `press` asks for the shortcut `wanted`, such as "j" or "Alt+j".
 *
 * Nothing fires while somebody types, while a dialog or menu is open, or with Ctrl or Cmd held.
 * Plain letters fire only when `enabled` (WCAG 2.1.4).
 */
export function matchesKey(press: Press, wanted: string, enabled: boolean): boolean {
  const alt = wanted.startsWith("Alt+");
  const key = alt ? wanted.slice(4) : wanted;
  if (press.defaultPrevented || press.ctrlKey || press.metaKey) return false;
  if (press.altKey !== alt || press.key !== key) return false;
  if (!alt && !enabled && key.length === 1) return false;
  return !takesKeys(press.target, key);
}

const TYPING = "input, textarea, select, [contenteditable='true']";
const FLOATING = "[role='dialog'], [role='menu'], [role='listbox']";
const PRESSABLE = "button, a, summary, [role='tab'], [role='radio'], [role='slider']";

function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!isElement(target)) return false;
  if (target.closest(FLOATING)) return true;
  const box = target.closest(TYPING);
  if (box) return !isTickOrRange(box) || key === " ";
  return (key === " " || key === "Enter") && target.closest(PRESSABLE) !== null;
}

function isElement(target: EventTarget | null): target is Element {
  return target !== null && "closest" in target;
}

function isTickOrRange(box: Element): boolean {
  const type = box.getAttribute("type");
  return box.tagName === "INPUT" && (type === "checkbox" || type === "radio");
}
