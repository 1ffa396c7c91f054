/** Each page tells its name: in the tab, and to whoever listens, by moving the focus there. */
import { type RefObject, useEffect, useRef } from "react";

let first = true;

export function useTitle(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    // The browser places the focus itself when the document loads.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  return heading;
}
