/** Where a meeting takes place: words, or an https link that can be pressed. Pure. */

/** The link, where the place is one; nothing but https is ever put behind a press. */
export function linkOf(place: string | null | undefined): string | null {
  if (!place?.startsWith("https://")) return null;
  return URL.canParse(place) ? place : null;
}

/** What is wrong with a place that was typed, as the server would say it; null: nothing. */
export function problemOf(place: string): string | null {
  const said = place.trim();
  if (said.length > 300) return "At most 300 characters.";
  if (/^[a-z][a-z0-9+.-]*:\S/i.test(said) && linkOf(said) === null)
    return "A link begins with https://";
  return null;
}
