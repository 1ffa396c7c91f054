/** The wire as this browser makes it: a socket, a decoder, a player, and a film of the camera. */
import type { Packet } from "./capture";
import { Film } from "./film";
import { canPlay, Player } from "./player";
import type { Detour, DetourTold } from "./ways";
import { Wire, type WireSocket } from "./wire";

const canDetour = (): boolean =>
  "AudioEncoder" in globalThis && "AudioWorkletNode" in globalThis && canPlay();

/** How to open wires at this gateway; null where the browser cannot. */
export function detourAt(address: () => string) {
  if (!canDetour()) return null;
  return (token: string, recent: readonly Packet[], told: DetourTold): Detour => {
    const player = new Player();
    const url = `${address().replace(/^http/, "ws").replace(/\/$/, "")}/wire`;
    const wire = new Wire({
      socket: new WebSocket(url) as WireSocket,
      token,
      recent,
      opened: () => told.opened(player.stream),
      gone: () => {
        player.close();
        film.close();
        told.gone();
      },
      play: (opus) => player.play(opus),
      hush: () => player.hush(),
      keyWanted: () => film.key(),
    });
    const film = new Film({
      hasRoom: () => wire.hasRoom,
      send: (picture) => wire.show(picture),
      unable: told.unfilmed,
    });
    const close = () => {
      wire.close();
      player.close();
      film.close();
    };
    return {
      send: (packet) => wire.send(packet),
      show: (track) => film.show(track),
      obey: (limits) => film.obey(limits),
      close,
    };
  };
}
