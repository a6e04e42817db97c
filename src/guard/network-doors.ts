import type { Journal } from './journal.ts';
import type { Door, DoorPlace, Realm } from './patch.ts';
import type { Rules } from './rules.ts';

/**
 * Where a file that is no longer there would not do. A socket needs a socket's address: of a name that never exists
 * (RFC 2606), since WebKit does not close one to a port that it refuses, and an address of this machine may ask
 * the visitor for leave. A stream would try again every few seconds.
 */
const NOWHERE: Readonly<Record<string, string>> = { WebSocket: 'wss://held.invalid', EventSource: 'data:,' };

/**
 * Calls that request an address without an element. They get one that goes nowhere instead, so that all that
 * follows is the browser's own: the rejection, the events, the state. They are not repeated later.
 */
export function networkDoors(rules: Rules, journal: Journal, realm: Realm): DoorPlace[] {
  const door: Door = (_, args, reason) => {
    const index = Number(reason === 'open');
    const given = args[index];
    // A request has it, a text or a URL doesn't.
    const name = `${(given as Request | undefined)?.url ?? given}`;
    const service = rules.deniedAddress(name, realm.document.baseURI);
    if (!service) return undefined;
    journal.add({ action: 'held', service, name, reason });
    args[index] = NOWHERE[reason] ?? `blob:${origin}/held`;
    return reason === 'sendBeacon' ? [false] : undefined;
  };
  return [
    [realm, ['fetch', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker'], door],
    [realm.XMLHttpRequest.prototype, ['open'], door],
    [realm.Navigator.prototype, ['sendBeacon'], door],
  ];
}
