/** Light, dark, or as the system says. `public/theme.js` applies it before the first paint. */
import { recall, remember } from "./storage";

export type Theme = "light" | "dark" | "system";

export function chosenTheme(): Theme {
  const stored = recall("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function chooseTheme(theme: Theme): void {
  remember("theme", theme === "system" ? null : theme);
  window.dispatchEvent(new Event("themechange"));
}
