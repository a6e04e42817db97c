import { CmpApi, CmpDisplayStatus, CmpStatus, SignalStatus } from '@iabgpp/cmpapi';
import { normalizePolicy } from '../../policy/normalize.ts';
import type { Policy, Signal } from '../../types.ts';

export interface GppOptions {
  /**
   * The site has signed the Multi-State Privacy Agreement and declares each page view a covered transaction: the mode that it has
   * chosen there.
   * @default absent: no covered transaction
   */
  readonly mspa?: 'opt-out-option' | 'service-provider';
}

/**
 * The section for the United States (`usnat`, 7) of the Global Privacy Platform. Where the site asks before anything runs, no
 * section applies and nothing else is told.
 *
 * For bundlers only: it brings `@iabgpp/cmpapi`, which weighs more than the SDK. Load it where it is needed.
 *
 * Sources: https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform, CMP API 1.1 and US National 2.0
 */
export const gpp = ({ mspa }: GppOptions = {}): Signal => ({
  name: 'gpp',
  start(consent, policy) {
    const api = takeOver();
    if (!api) return () => {};

    const units = unitsOf(policy);
    const sold = units.filter(({ isSale }) => isSale);
    // 0 is "not applicable", for what is done and for what the visitor said of it.
    const notice = sold[0] ? 1 : 0;
    const covered = (mode: string) => (mspa ? (mspa === mode ? 1 : 2) : 0);
    const section = () => {
      const optOut = sold[0] ? (sold.every(({ id }) => consent.isGranted(id)) ? 2 : 1) : 0;
      return {
        SharingNotice: notice,
        SaleOptOutNotice: notice,
        SharingOptOutNotice: notice,
        TargetedAdvertisingOptOutNotice: notice,
        // One category may be all three, and the visitor is asked about categories.
        SaleOptOut: optOut,
        SharingOptOut: optOut,
        TargetedAdvertisingOptOut: optOut,
        MspaCoveredTransaction: mspa ? 1 : 2,
        MspaOptOutOptionMode: covered('opt-out-option'),
        MspaServiceProviderMode: covered('service-provider'),
        Gpc: consent.browserSignal === 'gpc',
      };
    };

    let told = '';
    let isWaiting = false;
    let isOver = false;
    const tell = () => {
      isWaiting = false;
      if (isOver) return;
      const display = consent.$surface.get() ? CmpDisplayStatus.VISIBLE : CmpDisplayStatus.HIDDEN;
      if (api.getCmpDisplayStatus() !== display) api.setCmpDisplayStatus(display);
      const now = section();
      if (JSON.stringify(now) !== told) {
        told = JSON.stringify(now);
        for (const [field, value] of Object.entries(now)) api.setFieldValue('usnat', field, value);
        api.fireSectionChange('usnat');
      }
      const isRead = consent.receipt || consent.promptReason || !units[0];
      // The last of what a vendor hears of a change.
      if (isRead && !consent.promptReason && !consent.$surface.get()) api.setSignalStatus(SignalStatus.READY);
    };
    const change = () => {
      if (isOver) return;
      guarded(() => {
        if (api.getSignalStatus() === SignalStatus.READY) api.setSignalStatus(SignalStatus.NOT_READY);
      });
      // What is told once holds together: one decision changes several stores.
      if (!isWaiting) queueMicrotask(() => guarded(tell));
      isWaiting = true;
    };

    if (consent.regime === 'opt-in') {
      guarded(() => {
        api.setApplicableSections([-1]);
        api.setCmpStatus(CmpStatus.LOADED);
        api.setSignalStatus(SignalStatus.READY);
      });
      return () => {};
    }
    guarded(() => {
      api.setSupportedAPIs(['7:usnat']);
      api.setApplicableSections([7]);
      api.setCmpStatus(CmpStatus.LOADED);
    });
    const { $choices, $promptReason, $surface } = consent;
    const stops = [$choices, $promptReason, $surface].map((store) => store.listen(change));
    change();
    return () => {
      isOver = true;
      for (const stop of stops) stop();
    };
  },
});

/** Puts the API in the place of the stub; undefined where another CMP has already done so. */
const takeOver = (): CmpApi | undefined => {
  const found: unknown = Reflect.get(globalThis, '__gpp');
  let status: unknown;
  try {
    if (typeof found === 'function') {
      found('ping', (data: { readonly cmpStatus?: unknown } | null) => {
        status = data?.cmpStatus;
      });
      // The spec lets a stub say nothing else.
      if (status !== 'stub')
        throw new Error(`bandeau: gpp: there is a __gpp already, and it is no stub: ${status}`);
    }
    // Without a queue to take over the API would complain on the console.
    else Reflect.set(globalThis, '__gpp', () => []);
    // 1 is for who is not registered, which no section of the United States needs.
    return new CmpApi(1, 1);
  } catch (error) {
    reportError(error);
    return undefined;
  }
};

const unitsOf = (policy: Policy) => {
  try {
    return normalizePolicy(policy).units;
  } catch {
    // The SDK has said why, and holds everything.
    return [];
  }
};

/** A vendor that listens may throw, and must not keep others from hearing. */
const guarded = (act: () => void) => {
  try {
    act();
  } catch (error) {
    reportError(error);
  }
};
