import type { Effect } from '../effect.ts';
import { chooseLocale } from './languages.ts';

/** Keeps `$locale`: what the site asked for last, the page's language, the configured one, the browser's, English. */
export const startFollowLanguage: Effect = ({ environment, actions, inbound, options }) => {
  let asked = '';
  const choose = () => {
    const [page = '', ...browser] = environment.languages;
    actions.setLocale(chooseLocale([asked, page, options.locale ?? '', ...browser]));
  };
  inbound.setLocale = (tag) => {
    asked = tag;
    choose();
  };
  choose();
  const observer = new MutationObserver(choose);
  observer.observe(document.documentElement, { attributeFilter: ['lang'] });
  return () => observer.disconnect();
};
