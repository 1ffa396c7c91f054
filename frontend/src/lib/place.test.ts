import { expect, test } from "vitest";
import { linkOf, problemOf } from "./place";

test("only an https link can be pressed", () => {
  expect(linkOf("https://meet.example.com/room-4")).toBe("https://meet.example.com/room-4");
  for (const words of [
    "Room 4",
    "javascript:alert(1)",
    "http://meet.example.com",
    "https://",
    null,
  ])
    expect(linkOf(words)).toBeNull();
});

test("what is no place is said while it is typed", () => {
  expect(problemOf("Room 4: second floor")).toBeNull();
  expect(problemOf("https://meet.example.com/room-4")).toBeNull();
  expect(problemOf("http://meet.example.com")).toBe("A link begins with https://");
  expect(problemOf("x".repeat(301))).toBe("At most 300 characters.");
});
