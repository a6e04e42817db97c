/** @jsxRuntime classic */
/** @jsx h */
/** @jsxFrag Fragment */
// biome-ignore lint/correctness/noUnusedImports: JSX is made with it, in fewer bytes than with the runtime of its own
import { type ComponentChildren, Fragment, h } from 'preact';
import type { Service } from '../types.ts';
import type { PreferencesTexts } from './contract.ts';
import { formatLifetime, formatRegion, pick, pickUrl } from './format.ts';

/** One service: who is behind it, and what it leaves on the device for how long (R19). */
export function drawDetails(service: Service, words: PreferencesTexts, locale: string, isRequired: boolean) {
  const { vendor, reason, cookies = [], storage = [], hosts = [] } = service;
  const privacyUrl = pickUrl(vendor.privacyUrl, locale);
  const country = vendor.country && formatRegion(vendor.country, locale);
  const list = (term: string, values: readonly ComponentChildren[]) =>
    values.length > 0 && (
      <>
        <dt>{term}</dt>
        {values.map((value) => (
          <dd>{value}</dd>
        ))}
      </>
    );
  return (
    <dl>
      {list(words.reason, isRequired && reason ? [pick(reason, locale)] : [])}
      {list(words.vendor, [
        [
          vendor.name,
          country && ` (${country})`,
          privacyUrl && [', ', <a href={privacyUrl}>{words.vendorPolicy}</a>],
        ],
      ])}
      {list(
        words.cookies,
        cookies.map((cookie) => [
          <code dir="ltr">{cookie.name ?? cookie.pattern}</code>,
          ` ${formatLifetime(cookie.lifetimeDays, words.session, locale)}`,
          cookie.purpose && ` · ${pick(cookie.purpose, locale)}`,
        ]),
      )}
      {list(
        words.storage,
        storage.map(({ kind, key }) => [<code dir="ltr">{key}</code>, ` ${kind}`]),
      )}
      {list(words.hosts, hosts)}
    </dl>
  );
}
