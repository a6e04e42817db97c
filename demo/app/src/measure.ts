import { trackers } from './element.ts';

/** Sends one count. Its own chunk: a visitor who refuses never downloads it. */
export function count(event: string) {
  new Image().src = `${trackers}/p/mesurio.gif?id=${encodeURIComponent(event)}`;
}
