/** What stands in the answer box, kept through a reload of this tab. */

const KEY = "interloop:draft";

export function keptDraft(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(text: string): void {
  try {
    if (text) sessionStorage.setItem(KEY, text);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage can be refused; the box still holds the words.
  }
}
