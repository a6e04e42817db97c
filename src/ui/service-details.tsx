/** @jsxImportSource preact */
import type { Service } from '../types.ts';
import type { PreferencesTexts } from './contract.ts';
import { formatLifetime, formatRegion, pick, pickUrl } from './format.ts';
import { Switch } from './switch.tsx';

interface ServiceDetailsProps {
  readonly service: Service;
  readonly words: PreferencesTexts;
  readonly locale: string;
  readonly isRequired: boolean;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** One service: who is behind it, what for, and what it leaves on the device for how long (R19). */
export const ServiceDetails = ({
  service,
  words,
  locale,
  isRequired,
  isOn,
  onToggle,
}: ServiceDetailsProps) => {
  const { id, name, vendor, purpose, reason, cookies = [], storage = [], hosts = [] } = service;
  const privacyUrl = pickUrl(vendor.privacyUrl, locale);
  const country = vendor.country && formatRegion(vendor.country, locale);
  return (
    <div class="bandeau-service">
      <h4 id={`bandeau-item-${id}`}>{name ?? vendor.name}</h4>
      {!isRequired && (
        <Switch
          id={id}
          describedBy={`bandeau-text-${id}`}
          state={isOn ? words.on : words.off}
          isOn={isOn}
          onToggle={onToggle}
        />
      )}
      <p id={`bandeau-text-${id}`}>{pick(purpose, locale)}</p>
      <dl>
        {isRequired && reason && <dt>{words.reason}</dt>}
        {isRequired && reason && <dd>{pick(reason, locale)}</dd>}
        <dt>{words.vendor}</dt>
        <dd>
          {vendor.name}
          {country && ` (${country})`}
          {privacyUrl && ', '}
          {privacyUrl && <a href={privacyUrl}>{words.vendorPolicy}</a>}
        </dd>
        {cookies.length > 0 && <dt>{words.cookies}</dt>}
        {cookies.map((cookie) => (
          <dd key={cookie.name ?? cookie.pattern}>
            <code>{cookie.name ?? cookie.pattern}</code>{' '}
            {formatLifetime(cookie.lifetimeDays, words.session, locale)}
            {cookie.purpose && ` · ${pick(cookie.purpose, locale)}`}
          </dd>
        ))}
        {storage.length > 0 && <dt>{words.storage}</dt>}
        {storage.map(({ kind, key }) => (
          <dd key={kind + key}>
            <code>{key}</code> {kind}
          </dd>
        ))}
        {hosts.length > 0 && <dt>{words.hosts}</dt>}
        {hosts.length > 0 && <dd>{hosts.join(', ')}</dd>}
      </dl>
    </div>
  );
};
