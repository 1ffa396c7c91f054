import { expect, test } from "vitest";
import { browserOf, failureOf, fixFor } from "./failure";

const named = (name: string) => Object.assign(new Error("no"), { name });

test.each([
  ["NotAllowedError", "blocked"],
  ["NotFoundError", "missing"],
  ["NotReadableError", "busy"],
  ["OverconstrainedError", "missing"],
  ["TypeError", "other"],
] as const)("%s is told as %s", (name, failure) => {
  expect(failureOf(named(name), true)).toBe(failure);
});

test("an insecure page is told as such, whatever the browser throws there", () => {
  expect(failureOf(named("TypeError"), false)).toBe("insecure");
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "chrome"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "edge"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox"],
  ["Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "safari"],
  [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
    "android",
  ],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Safari/604.1", "ios"],
] as const)("%s is %s", (agent, browser) => {
  expect(browserOf(agent)).toBe(browser);
});

test("each failure has its own words, and a refusal has its own for each browser", () => {
  const titles = (["blocked", "missing", "busy", "insecure", "other"] as const).map(
    (failure) => fixFor("microphone", failure, "chrome").title,
  );
  expect(new Set(titles).size).toBe(titles.length);
  const steps = (["chrome", "edge", "firefox", "safari", "android", "ios"] as const).map(
    (browser) => fixFor("camera", "blocked", browser).steps.join(" "),
  );
  expect(new Set(steps).size).toBe(steps.length);
});
