import { expect, test } from "vitest";
import { matchesKey } from "./keys";

/** An element that stands inside whatever `inside` names. */
function element(inside: string, type = "") {
  const self = {
    tagName: inside.split(",")[0]?.toUpperCase() ?? "",
    getAttribute: () => type,
    closest: (selector: string): unknown =>
      selector.split(", ").some((one) => one === inside) ? self : null,
  };
  return self as unknown as EventTarget;
}

const press = (over: Partial<KeyboardEvent> = {}) => ({
  key: "j",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  target: element("body"),
  ...over,
});

test("a letter pressed on the page is a shortcut", () => {
  expect(matchesKey(press(), "j", true)).toBe(true);
});

test.each(["input", "textarea", "select", "[role='dialog']", "[role='menu']"])(
  "a letter pressed in %s is not",
  (inside) => {
    expect(matchesKey(press({ target: element(inside) }), "j", true)).toBe(false);
  },
);

test("a letter pressed on a ticked box is a shortcut, a space is the box's own", () => {
  const box = element("input", "checkbox");
  expect(matchesKey(press({ target: box }), "j", true)).toBe(true);
  expect(matchesKey(press({ target: box, key: " " }), " ", true)).toBe(false);
});

test("a space pressed on a button presses the button", () => {
  expect(matchesKey(press({ target: element("button"), key: " " }), " ", true)).toBe(false);
});

test("the browser keeps its own combinations", () => {
  expect(matchesKey(press({ ctrlKey: true }), "j", true)).toBe(false);
  expect(matchesKey(press({ metaKey: true }), "j", true)).toBe(false);
});

test("Alt combinations are their own shortcuts", () => {
  expect(matchesKey(press({ altKey: true }), "Alt+j", true)).toBe(true);
  expect(matchesKey(press({ altKey: true }), "j", true)).toBe(false);
  expect(matchesKey(press(), "Alt+j", true)).toBe(false);
});

test("switched off, letters are dead and Alt combinations live", () => {
  expect(matchesKey(press(), "j", false)).toBe(false);
  expect(matchesKey(press({ altKey: true }), "Alt+j", false)).toBe(true);
});
