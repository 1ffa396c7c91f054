/** Words as people type them when they look for something. */

/** Lower case without accents: "Siobhán" is found by "siobhan". */
export function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}
