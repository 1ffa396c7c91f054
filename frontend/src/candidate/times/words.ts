/** What the pages about times say. Pure. */

import { linkOf } from "@/lib/place";
import { wallClock } from "@/lib/wall-clock";
import type { Appointment, EndedTime, Schedule } from "../api";
import { counted, day } from "../dates";
import type { Standing } from "../where";
import type { Trouble } from "./trouble";
import { offsetOf, zoneWords } from "./zones";

type Span = { starts_at: string; ends_at: string };

/** "10:30 to 11:15". */
export const spanWords = ({ starts_at: start, ends_at: end }: Span, zone: string): string =>
  `${wallClock(start, zone)} to ${wallClock(end, zone)}`;

/** "Tuesday 24 November, 10:30". */
export const whenWords = (at: string, zone: string): string =>
  `${day(at, zone)}, ${wallClock(at, zone)}`;

/** The same time on the clock of this device, where that shows another one; else null. */
export function elsewhereWords(span: Span, zone: string, device: string | null): string | null {
  if (!device) return null;
  const at = new Date(span.starts_at);
  if (offsetOf(zone, at) === offsetOf(device, at)) return null;
  return `This device is set to ${zoneWords(device)}: there it is ${whenWords(span.starts_at, device)}.`;
}

/** "23 minutes; 45 are set aside": with a person the whole of it. */
export function lengthWords({ schedule, invitation }: Standing): { takes: string; more?: string } {
  const { minutes: aside, with_person: person } = schedule;
  const takes = person ? aside : invitation.minutes;
  const more = aside > takes ? `${aside} minutes are set aside` : undefined;
  return { takes: `about ${takes} minutes`, more };
}

/** With whom one speaks: said before the time is. */
export function whoWords(schedule: Schedule, organization: string): string {
  if (!schedule.with_person) return "An AI interviewer, not a person";
  return schedule.appointment?.with_whom ?? `A person at ${organization}`;
}

/** How often a booked time can still be moved: "once", "three times". */
export const changesWords = (left: number): string =>
  ["not any more", "once", "twice"][left] ?? counted(left, "time");

/** In words; `time` is what was asked for. */
export function troubleWords(trouble: Trouble, time: string): string {
  return {
    taken: `${time} was just taken by somebody else. Nothing of yours has changed. Below are the times that are free now.`,
    near: `${time} is too near by now. Below are the times that can still be chosen.`,
    closed: "No time can be chosen here now. Nothing has changed.",
    spent: "You cannot change your time by yourself any more. Nothing has changed.",
    gone: `${time} is not put aside or booked for you any more: something has changed in the meantime. Please look once more.`,
    changing: "Your time is being changed at this very moment. Please try again.",
    away: "The line to our side is interrupted, so nothing is booked yet. Please try again.",
  }[trouble];
}

/** Why no time can be chosen, and who helps. */
export function notOpenWords({ schedule, invitation }: Standing): string {
  const contact = invitation.contact?.name ?? "the person who invited you";
  if (schedule.why_not === "no_free_change")
    return `For a new time, write to ${contact}, who finds one with you. It is not held against you.`;
  if (schedule.why_not === "too_late")
    return `Your time has begun, so it cannot be moved here any more. If you cannot come, write to ${contact}.`;
  return `No time can be chosen here now. If you think one should be, write to ${contact}.`;
}

/** After a proposed time was declined: the next one, or who finds one after three that did not suit. */
export function searchWords(over: boolean): { title: string; text: string } {
  return over
    ? {
        title: "We found no other time yet",
        text: "A person looks for one with you and writes to you. You can also choose a time yourself.",
      }
    : {
        title: "We look for another time",
        text: "The time we proposed is given back. This takes a moment.",
      };
}

/** What became of a time that was booked. */
export function endedWords(ended: EndedTime): string {
  const when = whenWords(ended.starts_at, ended.zone);
  return ended.state === "missed"
    ? `We did not meet at your time, ${when}. That can happen, and nothing has been decided because of it.`
    : `Your time, ${when}, is cancelled. Your application goes on.`;
}

type Moment = { open: boolean; begins: boolean; over: boolean };

/** What happens at the time that is booked, and after it. */
export function wayInWords(
  { invitation, schedule }: Standing,
  appointment: Appointment,
  at: Moment,
): string {
  const contact = invitation.contact?.name ?? "the person who invited you";
  if (schedule.with_person) return meetingWords(appointment.place, contact, at);
  const opens = appointment.room_opens_at;
  if (at.open && opens)
    return "You read what is recorded and agree first, then check your microphone. If something does not work, you can type every answer.";
  if (!opens) return "You need not wait for it: you can also start earlier, at any moment.";
  return `The way in opens on this page at ${wallClock(opens, appointment.zone)}. Our reminder leads you here as well.`;
}

function meetingWords(place: string | null, contact: string, at: Moment): string {
  if (at.over)
    return `This time has passed. If you did not meet, write to ${contact}: it is not decided by a clock.`;
  if (at.begins) return `It is time. If you cannot get through, write to ${contact}.`;
  const reminder = "You get a reminder by e-mail before it begins.";
  if (linkOf(place))
    return `You meet in a video call: the link is above, and in our mails. ${reminder}`;
  if (place) return `You meet there in person. ${reminder}`;
  return `How you meet, in a call or at a place, ${contact} tells you. ${reminder}`;
}
