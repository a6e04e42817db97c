import type { Page } from 'playwright-core';

/**
 * The part of Consent-O-Matic's rule format that our rule is written in, by the project's description of it: the
 * extension is in no registry, so that a test can't run it.
 */
export interface ConsentOMaticRule {
  detectors: { presentMatcher: Matcher[]; showingMatcher: Matcher[] }[];
  methods: { name: 'OPEN_OPTIONS' | 'DO_CONSENT' | 'SAVE_CONSENT'; action: Action }[];
}

interface Target {
  selector: string;
  displayFilter?: boolean;
}
interface Matcher {
  type: 'css' | 'checkbox';
  target: Target;
}
type Action =
  | { type: 'click'; target: Target }
  | { type: 'waitcss'; target: Target; retries: number; waitTime: number }
  | { type: 'list'; actions: Action[] }
  | { type: 'ifallownone'; trueAction: Action; falseAction: Action }
  | { type: 'consent'; consents: { type: string; matcher: Matcher; toggleAction: Action }[] };

interface Task {
  rule: ConsentOMaticRule;
  /** Letters of the kinds of purpose that the tool's user allows. */
  allowed: string[];
}

/** Runs in the page. Returns whether there was a banner to answer. */
async function run({ rule, allowed }: Task): Promise<boolean> {
  const find = ({ selector, displayFilter }: Target) =>
    [...document.querySelectorAll<HTMLElement>(selector)].find((one) => !displayFilter || one.offsetHeight);

  /** Ends when it is there, or without it after so long. */
  async function appears(target: Target, limitMs: number): Promise<void> {
    if (find(target)) return;
    const limit = AbortSignal.timeout(limitMs);
    await new Promise((resolve) => {
      limit.addEventListener('abort', resolve);
      const observer = new MutationObserver(() => {
        if (limit.aborted || find(target)) {
          observer.disconnect();
          resolve(undefined);
        }
      });
      observer.observe(document, { childList: true, attributes: true, subtree: true });
    });
  }

  async function act(action: Action): Promise<void> {
    switch (action.type) {
      case 'click':
        find(action.target)?.click();
        return;
      case 'waitcss':
        await appears(action.target, action.retries * action.waitTime);
        return;
      case 'list':
        for (const one of action.actions) await act(one);
        return;
      case 'ifallownone':
        return act(allowed.length ? action.falseAction : action.trueAction);
      case 'consent':
        for (const { type, matcher, toggleAction } of action.consents) {
          const input = find(matcher.target) as HTMLInputElement | undefined;
          if (input && input.checked !== allowed.includes(type)) await act(toggleAction);
        }
    }
  }

  const isMet = ({ target }: Matcher) => !!find(target);
  const isShown = rule.detectors.some(
    ({ presentMatcher, showingMatcher }) => presentMatcher.every(isMet) && showingMatcher.every(isMet),
  );
  if (isShown) for (const { action } of rule.methods) await act(action);
  return isShown;
}

/** Answers the banner of a page as the tool does for a user who allows these kinds of purpose. */
export const answerByRule = (page: Page, rule: ConsentOMaticRule, allowed: string[]): Promise<boolean> =>
  page.evaluate(run, { rule, allowed });
