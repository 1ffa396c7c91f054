import { expect, test } from "vitest";
import type { Piece } from "./pieces";
import { keepFirst } from "./store";

const PIECE: Piece = { load: 1, start: 0, end: 2000, packets: [] };

/** A disk of so much room, which voice and pictures share. */
function disk(room: number, pictures: number) {
  const holds = { voice: 0, pictures };
  return {
    holds,
    voice: {
      add: async () => {
        if (holds.voice + holds.pictures >= room) throw new DOMException("", "QuotaExceededError");
        holds.voice += 1;
      },
    },
    pictures: {
      halve: async () => {
        holds.pictures = Math.floor(holds.pictures / 2);
      },
    },
  };
}

test("where there is no room left, pictures give theirs to the voice", async () => {
  const { holds, voice, pictures } = disk(10, 8);
  for (let n = 0; n < 10; n += 1) await keepFirst(voice, pictures, PIECE);
  expect(holds).toEqual({ voice: 10, pictures: 0 });
});

test("while there is room, both are kept", async () => {
  const { holds, voice, pictures } = disk(10, 8);
  await keepFirst(voice, pictures, PIECE);
  expect(holds).toEqual({ voice: 1, pictures: 8 });
});

test("a browser without any room says so", async () => {
  const { voice, pictures } = disk(0, 0);
  await expect(keepFirst(voice, pictures, PIECE)).rejects.toThrow(DOMException);
});
