import { describe, expect, test } from "vitest";
import { FilmPieces, SoundPieces, STILL_MS } from "./grouping";
import type { Piece } from "./pieces";

const spans = (pieces: readonly (Piece | null)[]) =>
  pieces.flatMap((piece) => (piece ? [[piece.start, piece.end]] : []));

describe("sound", () => {
  function grouped(times: number[]) {
    const sound = new SoundPieces(5);
    const data = new Uint8Array([1, 2, 3]);
    const found = times.map((ms) => sound.add({ timestamp_us: ms * 1000, data }));
    return spans([...found, sound.flush()]);
  }

  const every20 = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => from + n * 20);

  test("two seconds are a piece", () => {
    expect(grouped(every20(1000, 150))).toEqual([
      [1000, 3000],
      [3000, 4000],
    ]);
  });

  test("where the sound stood still a piece ends", () => {
    expect(grouped([...every20(0, 10), ...every20(5000, 10)])).toEqual([
      [0, 200],
      [5000, 5200],
    ]);
  });

  test("where the clock was found to be early a piece ends, for its packets must go forward", () => {
    expect(grouped([...every20(0, 10), ...every20(175, 10)])).toEqual([
      [0, 200],
      [175, 375],
    ]);
  });
});

describe("film", () => {
  /** A camera that makes a picture every 100 ms, and one that stands alone when it is asked to. */
  function camera({ size = 100 } = {}) {
    const made: Piece[] = [];
    let key = true;
    const film = new FilmPieces(5, () => {
      key = true;
    });
    const shoot = (from: number, to: number) => {
      for (let at = from; at < to; at += 100) {
        const data = new Uint8Array(size).fill(key ? 0 : 1);
        key = false;
        take(film.add({ timestamp_us: at * 1000, data }));
      }
    };
    const take = (piece: Piece | null) => {
      if (piece) made.push(piece);
    };
    const lose = () => {
      key = false;
    };
    return { made, shoot, lose, end: () => take(film.flush()) };
  }

  const alone = (piece: Piece) => piece.packets.map(({ data }) => data[0] === 0);

  test("a piece is about two seconds, and its first picture alone stands alone", () => {
    const { made, shoot, end } = camera();
    shoot(1000, 7000);
    end();
    expect(spans(made)).toEqual([
      [1000, 3100],
      [3100, 5200],
      [5200, 7000],
    ]);
    for (const piece of made) expect(alone(piece)).toEqual(alone(piece).map((_, n) => n === 0));
  });

  test("nothing is kept before a picture that stands alone, and one is asked for", () => {
    const { made, shoot, lose, end } = camera();
    lose();
    shoot(0, 500);
    end();
    expect(spans(made)).toEqual([[100, 500]]);
  });

  test("where the camera stood still a piece ends", () => {
    const { made, shoot, end } = camera();
    shoot(0, 1000);
    shoot(1000 + STILL_MS, 4000);
    end();
    expect(spans(made)).toEqual([
      [0, 1000],
      [2600, 4000],
    ]);
  });

  test("a piece is never larger than the server takes", () => {
    const { made, shoot, end } = camera({ size: 20_000 });
    shoot(0, 3000);
    end();
    const sizes = made.map(({ packets }) =>
      packets.reduce((sum, { data }) => sum + data.length, 0),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(120 * 1024);
    for (const piece of made) expect(alone(piece)[0]).toBe(true);
  });
});
