/** What can go wrong with a microphone or camera, and the way out of it in this browser. Pure. */

export type Device = "microphone" | "camera";
export type Failure = "blocked" | "missing" | "busy" | "insecure" | "other";
export type Browser = "chrome" | "edge" | "firefox" | "safari" | "android" | "ios";

/** The name of the error that getUserMedia threw; `secure` is `isSecureContext`. */
export function failureOf(error: unknown, secure: boolean): Failure {
  if (!secure) return "insecure";
  switch (error instanceof Error ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "blocked";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "other";
  }
}

export function browserOf(agent: string): Browser {
  if (/iPhone|iPad/.test(agent)) return "ios";
  if (/Android/.test(agent)) return "android";
  if (/Edg\//.test(agent)) return "edge";
  if (/Firefox\//.test(agent)) return "firefox";
  return /Chrom(e|ium)\//.test(agent) ? "chrome" : "safari";
}

export const BROWSER_NAME: Record<Browser, string> = {
  chrome: "Chrome",
  edge: "Edge",
  firefox: "Firefox",
  safari: "Safari",
  android: "a browser on Android",
  ios: "a browser on iPhone or iPad",
};

export type Fix = { title: string; steps: string[]; browser: boolean };

const ALLOW: Record<Browser, (device: Device) => string[]> = {
  chrome: (device) => [
    `Press the sign at the left end of the address bar, beside the address.`,
    `Turn ${device} on.`,
    "Come back here and press Try again.",
  ],
  edge: (device) => [
    "Press the lock at the left end of the address bar.",
    `Beside ${device}, choose Allow.`,
    "Come back here and press Try again.",
  ],
  firefox: (device) => [
    `Press the crossed-out ${device} at the left end of the address bar.`,
    "Press the cross beside Blocked.",
    "Press Try again, then Allow.",
  ],
  safari: (device) => [
    "In the menu Safari, choose Settings for This Website.",
    `Beside ${device}, choose Allow.`,
    "Come back here and press Try again.",
  ],
  android: (device) => [
    "Press the sign at the left end of the address bar, then Permissions.",
    `Turn ${device} on.`,
    "Come back here and press Try again.",
  ],
  ios: (device) => [
    "Press the sign at the left end of the address bar, then Website Settings.",
    `Beside ${device}, choose Allow.`,
    "Come back here and press Try again.",
  ],
};

/** What happened and what to do, for one device in one browser. */
export function fixFor(device: Device, failure: Failure, browser: Browser): Fix {
  switch (failure) {
    case "blocked":
      return {
        title: `Your browser keeps the ${device} closed`,
        steps: ALLOW[browser](device),
        browser: true,
      };
    case "missing":
      return {
        title: `No ${device} was found`,
        steps: [
          `Plug the ${device} in, or turn it on.`,
          "Wait a few seconds, then press Try again.",
        ],
        browser: false,
      };
    case "busy":
      return {
        title: `Another program uses the ${device}`,
        steps: [
          `Close other calls and programs that use the ${device}, also in other tabs.`,
          "Press Try again. If it stays so, unplug it and plug it in again.",
        ],
        browser: false,
      };
    case "insecure":
      return {
        title: "This address is not secure enough for your browser",
        steps: [
          `Browsers open the ${device} only on addresses that begin with https.`,
          "Open the link from your invitation again, as it stands there.",
        ],
        browser: false,
      };
    default:
      return {
        title: `The ${device} did not start`,
        steps: ["Press Try again.", "If it stays so, close the browser and open the page again."],
        browser: false,
      };
  }
}
