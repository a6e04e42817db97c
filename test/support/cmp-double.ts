/**
 * A CMP as the specification has it (CMP API v2), without an interface: the stub that a site pastes into its head, and the script
 * that takes over its queue. Each function stands alone, so that a page can be given its text.
 */

/** What a page's script tells the double to do. */
export interface CmpDouble {
  /** Tells every listener, and whoever comes later. */
  tell(data: object, success?: boolean): void;
  /** Numbers of those who listen. */
  listeners(): readonly number[];
}

declare global {
  interface Window {
    __tcfapi?: (...call: unknown[]) => unknown;
    cmp?: CmpDouble;
  }
}

/**
 * Queues all but `ping`, and puts the locator frame into the page as soon as it has a body.
 * @param tag what stands for the frame where none can be loaded
 */
export function cmpStub(tag = 'iframe'): void {
  const queue: unknown[][] = [];
  window.__tcfapi = (...call) => {
    const [command, , callback] = call;
    if (!call[0]) return queue;
    if (command === 'ping' && typeof callback === 'function') {
      return callback({ cmpLoaded: false, cmpStatus: 'stub', apiVersion: '2.2' }, true);
    }
    queue.push(call);
    return undefined;
  };
  const addFrame = () => {
    const frame = document.createElement(tag);
    frame.hidden = true;
    frame.setAttribute('name', '__tcfapiLocator');
    document.body.append(frame);
  };
  if (document.body) addFrame();
  else document.addEventListener('DOMContentLoaded', addFrame);
}

/** Takes over the queue. What is asked before there is something to tell waits, as in the IAB's own library. */
export function cmpLoaded(): void {
  const waiting: unknown[][] = [];
  const listening = new Map<number, (data: object, success: boolean) => void>();
  let current: [data: object, success: boolean] | undefined;
  let lastId = 0;
  const queued = window.__tcfapi?.();
  const answer = (call: unknown[]) => {
    const [command, version, callback, parameter] = call as [
      string,
      number,
      (...told: unknown[]) => void,
      number,
    ];
    if (version !== 2) callback(null, false);
    else if (command === 'removeEventListener') callback(listening.delete(parameter));
    else if (!current) waiting.push(call);
    else if (command === 'addEventListener') {
      const id = ++lastId;
      listening.set(id, callback);
      callback({ ...current[0], listenerId: id }, current[1]);
    } else callback(null, false);
  };
  window.__tcfapi = (...call) => answer(call);
  window.cmp = {
    tell: (data, success = true) => {
      current = [data, success];
      for (const [id, callback] of [...listening]) callback({ ...data, listenerId: id }, success);
      for (const call of waiting.splice(0)) answer(call);
    },
    listeners: () => [...listening.keys()],
  };
  for (const call of Array.isArray(queued) ? queued : []) answer(call);
}

const vector = (ids: readonly number[], value: unknown = true) =>
  Object.fromEntries(ids.map((id) => [id, value]));

const EVERYBODY = [1, 2, 3, 755];

/** TC data of a visitor who has said yes to these purposes and companies, with legitimate interests for all. */
export function tcData(
  eventStatus: string | undefined,
  yes: {
    purposes?: readonly number[];
    vendors?: readonly number[];
    specialFeatures?: readonly number[];
  } = {},
  more: object = {},
): object {
  const purposes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  return {
    tcString: 'CAAAAAAAAAAAA',
    tcfPolicyVersion: 5,
    cmpId: 4000,
    cmpVersion: 1,
    gdprApplies: true,
    eventStatus,
    cmpStatus: 'loaded',
    isServiceSpecific: true,
    useNonStandardTexts: false,
    publisherCC: 'BE',
    purposeOneTreatment: false,
    purpose: {
      consents: { ...vector(purposes, false), ...vector(yes.purposes ?? []) },
      legitimateInterests: vector(purposes),
    },
    vendor: {
      consents: { ...vector(EVERYBODY, false), ...vector(yes.vendors ?? []) },
      legitimateInterests: vector(EVERYBODY),
      disclosedVendors: vector(EVERYBODY),
    },
    specialFeatureOptins: vector(yes.specialFeatures ?? []),
    publisher: {
      consents: vector(yes.purposes ?? []),
      legitimateInterests: vector(purposes),
      customPurpose: { consents: {}, legitimateInterests: {} },
      restrictions: {},
    },
    ...more,
  };
}
