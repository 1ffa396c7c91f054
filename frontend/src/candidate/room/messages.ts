/** The messages of the room by their own names; the shapes are generated from `domain/room.py`. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ServerMessage = Schemas["ServerMessage"];
export type ClientMessage = Schemas["ClientMessage"];
export type RoomState = Schemas["RoomState"];
export type Phase = RoomState["phase"];
export type Caption = Schemas["Caption"];
export type SenderLimits = Schemas["Sender"];
export type NoticeCode = Schemas["Notice"]["code"];
export type RefusedCode = Schemas["Refused"]["code"];
export type ActName = Schemas["Act"]["act"];

export const ROOM_VERSION = 1;
