/** Script-tag entry of the guard: starts with the rules in its own tag, else with the policy before it. */
import { install } from './install.ts';

// Markup of others can shadow it: <img name="currentScript">.
const rules = (document.currentScript as HTMLElement | null)?.dataset?.['rules'];
const policy = rules ?? document.querySelector('script[data-bandeau-policy]')?.textContent;
install(JSON.parse(policy ?? 'null'));
