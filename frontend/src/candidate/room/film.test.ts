import { expect, test, vi } from "vitest";
import { Film, type FilmLimits, MOST, sizeFor } from "./film";
import { KEY_MS, Keys } from "./keys";

test("a picture for the wire is made smaller, never larger, and its sides are even", () => {
  expect(sizeFor(1280, 720, 360)).toEqual({ width: 640, height: 360 });
  expect(sizeFor(640, 480, 240)).toEqual({ width: 320, height: 240 });
  expect(sizeFor(320, 240, MOST.height)).toEqual({ width: 320, height: 240 });
  expect(sizeFor(719, 1279, 360)).toEqual({ width: 202, height: 360 });
});

test("a film begins with a picture that stands alone, and has another when one is asked for", () => {
  const keys = new Keys();
  expect(keys.fits(false)).toBe(false);
  expect(keys.due(0)).toBe(true);
  expect(keys.fits(true)).toBe(true);
  expect(keys.due(100)).toBe(false);
  keys.want();
  expect(keys.due(200)).toBe(false);
  expect(keys.due(KEY_MS)).toBe(true);
  keys.renew();
  expect(keys.due(KEY_MS + 100)).toBe(true);
});

test("after a picture that did not go, none goes before one that stands alone", () => {
  const keys = new Keys();
  expect(keys.due(0) && keys.fits(true) && keys.fits(false)).toBe(true);
  keys.lost();
  expect(keys.fits(false)).toBe(false);
  expect(keys.due(KEY_MS)).toBe(true);
  expect(keys.fits(true) && keys.fits(false)).toBe(true);
});

test("a browser that cannot film says so once, when a picture was to go and not before", () => {
  const unable = vi.fn();
  const film = new Film({ hasRoom: () => true, send: () => true, unable });
  const limits: FilmLimits = {
    active: false,
    height: 0,
    max_kbit: 0,
    max_framerate: 0,
  };
  film.show({} as MediaStreamTrack);
  film.obey(limits);
  expect(unable).not.toHaveBeenCalled();
  film.obey({ ...limits, active: true, height: 240 });
  film.obey({ ...limits, active: true, height: 360 });
  expect(unable).toHaveBeenCalledOnce();
  film.close();
});
