import type { Journal } from './journal.ts';
import type { Door, DoorPlace } from './patch.ts';
import type { Rules } from './rules.ts';

/**
 * Calls that request an address without an element. They get one that goes nowhere instead, so that all that
 * follows is the browser's own: the rejection, the events, the state. They are not repeated later.
 */
export function networkDoors(rules: Rules, journal: Journal, realm: typeof globalThis): DoorPlace[] {
  const door: Door = (_, args, reason) => {
    const index = reason === 'open' ? 1 : 0;
    const given = args[index];
    const name = `${given instanceof realm.Request ? given.url : given}`;
    const service = rules.deniedSource(name, realm.document.baseURI);
    if (!service) return undefined;
    journal.add({ action: 'held', service, name, reason });
    // Browsers refuse the port of a socket before they look for its host.
    args[index] = reason === 'WebSocket' ? 'wss://127.0.0.1:1' : `blob:${realm.origin}/held`;
    return reason === 'sendBeacon' ? [false] : undefined;
  };
  return [
    [realm, ['fetch', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker', 'Audio'], door],
    [realm.XMLHttpRequest.prototype, ['open'], door],
    [realm.Navigator.prototype, ['sendBeacon'], door],
  ];
}
