import type { Journal } from './journal.ts';
import { type Door, patch } from './patch.ts';
import type { Rules } from './rules.ts';

/**
 * Calls that request an address without an element. They get one that goes nowhere instead, so that all that
 * follows is the browser's own: the rejection, the events, the state. They are not repeated later.
 */
export function networkDoors(rules: Rules, journal: Journal, realm: typeof globalThis): (() => void)[] {
  const { document, location } = realm;
  const nowhere = `blob:${location.origin}/bandeau-held`;
  const door =
    (reason: string, index = 0, instead: string = nowhere, answer?: readonly [unknown]): Door =>
    (_, args) => {
      const given = args[index];
      const name = `${given instanceof realm.Request ? given.url : given}`;
      const service = rules.deniedAddress(name, document.baseURI);
      if (!service) return undefined;
      journal.add({ action: 'held', service, name, reason });
      args[index] = instead;
      return answer;
    };
  const { XMLHttpRequest, Navigator } = realm;
  return [
    ...['fetch', 'EventSource', 'Worker', 'SharedWorker', 'Audio'].map((name) =>
      patch(realm, name, door(name)),
    ),
    // Only such an address is valid here. Browsers refuse the port before they look for the host.
    patch(realm, 'WebSocket', door('WebSocket', 0, 'wss://127.0.0.1:1/bandeau-held')),
    patch(XMLHttpRequest.prototype, 'open', door('XMLHttpRequest', 1)),
    patch(Navigator.prototype, 'sendBeacon', door('sendBeacon', 0, nowhere, [false])),
  ];
}
