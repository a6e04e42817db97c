/** @jsxImportSource preact */
import { Component } from 'preact';
import type { GateEntry } from '../types.ts';
import type { InterfaceProps, PreferencesTexts } from './contract.ts';
import { describeCategory, describeVersion, fill, formatDate, pickUrl, plural } from './format.ts';
import { ServiceDetails } from './service-details.tsx';
import { Switch } from './switch.tsx';

/** What the switches show: ids of services, and of categories without services, that are on. */
interface Draft {
  readonly on: ReadonlySet<string>;
}

/** One row for each category, its services one level deeper, and the same answers as the first layer. */
export class PreferencesForm extends Component<InterfaceProps, Draft> {
  override state: Draft = {
    // Only what the visitor has granted is on: nothing is ticked in advance.
    on: new Set(
      this.props.policy.units.map(({ id }) => id).filter((id) => this.props.handle.choices[id] === 'granted'),
    ),
  };

  #toggle = (ids: readonly string[], isOn: boolean) =>
    this.setState(({ on }) => {
      const next = new Set(on);
      for (const id of ids) next[isOn ? 'add' : 'delete'](id);
      return { on: next };
    });

  // By way of `setState`, which knows what a script has switched just before: `state` is one rendering behind.
  #save = () =>
    this.setState(({ on }, { policy, handle }) => {
      handle.save(Object.fromEntries(policy.units.map(({ id }) => [id, on.has(id) ? 'granted' : 'denied'])));
      return null;
    });

  /** Whether a script of something that is off runs in this page, so that saving alone does not stop it. */
  #needsReload() {
    const { policy, handle } = this.props;
    const isOff = (id: string) =>
      policy.units.some((unit) => [unit.id, unit.category].includes(id) && !this.state.on.has(unit.id));
    const mayRunOn = ({ action, element, service }: GateEntry) =>
      action === 'released' &&
      element instanceof HTMLScriptElement &&
      isOff(service) &&
      policy.services.find(({ id }) => id === service)?.reload !== false;
    return handle.report().some(mayRunOn);
  }

  #drawCategory(id: string) {
    const { policy, texts, locale } = this.props;
    const { on } = this.state;
    const words = this.props.words as PreferencesTexts;
    const { title, description } = describeCategory(policy, id, texts, locale);
    const services = policy.services.filter(({ category }) => category === id);
    const ids = policy.units.filter(({ category }) => category === id).map((unit) => unit.id);
    const count = ids.filter((one) => on.has(one)).length;
    const isOn = count === ids.length;
    return (
      <section key={id} class="bandeau-row">
        <div class="bandeau-row-text">
          <h3 id={`bandeau-item-${id}`}>{title}</h3>
          <p id={`bandeau-text-${id}`}>{description}</p>
        </div>
        {policy.isRequired(id) ? (
          <span class="bandeau-state">{words.alwaysOn}</span>
        ) : (
          <Switch
            id={id}
            describedBy={`bandeau-text-${id}`}
            state={isOn ? words.on : count ? words.partly : words.off}
            isOn={isOn}
            onToggle={() => this.#toggle(ids, !isOn)}
          />
        )}
        {services.length > 0 && (
          <details>
            <summary>{plural(words.services, services.length, locale)}</summary>
            {services.map((service) => (
              <ServiceDetails
                key={service.id}
                service={service}
                words={words}
                locale={locale}
                isRequired={policy.isRequired(id)}
                isOn={on.has(service.id)}
                onToggle={() => this.#toggle([service.id], !on.has(service.id))}
              />
            ))}
          </details>
        )}
      </section>
    );
  }

  override render({ policy, handle, texts, locale, reloads, ...props }: InterfaceProps) {
    const words = props.words as PreferencesTexts;
    const { controller } = policy;
    const { dataProtectionOfficer: officer, jointControllers = [] } = controller;
    const answer = (action: string, text: string, kind: string, onClick: () => void) => (
      <button type="button" class={kind} data-bandeau-action={action} onClick={onClick}>
        {text}
      </button>
    );
    return (
      <>
        <header class="bandeau-head">
          <h2 id="bandeau-preferences-title">{words.title}</h2>
          <button
            type="button"
            class="bandeau-close"
            data-bandeau-action="close"
            aria-label={words.close}
            onClick={handle.close}
          >
            <span aria-hidden="true">✕</span>
          </button>
          <p>
            {words.text}
            {reloads && ` ${texts.reloads}`}
          </p>
        </header>
        <div class="bandeau-body">
          {policy.categories.map(({ id }) => this.#drawCategory(id))}
          <p class="bandeau-foot">
            <a href={pickUrl(controller.privacyUrl, locale)}>{texts.policy}</a>
            {` · ${describeVersion(policy, texts, locale)}`}
            {handle.receipt && (
              <>
                <br />
                {fill(words.decided, {
                  date: formatDate(handle.receipt.time, locale),
                  version: describeVersion(
                    { ...policy, version: handle.receipt.policyVersion },
                    texts,
                    locale,
                  ),
                  expiry: '',
                })}
              </>
            )}
            {[controller, ...jointControllers].map(({ name, contact }) => (
              <>
                <br />
                {contact ? `${name} · ${fill(words.contact, { contact })}` : name}
              </>
            ))}
            {officer && (
              <>
                <br />
                {fill(words.officer, { contact: [officer.name, officer.contact].filter(Boolean).join(', ') })}
              </>
            )}
          </p>
        </div>
        <p class="bandeau-status" role="status">
          {this.#needsReload() && words.reloadNeeded}
          {handle.$needsReload.get() && (
            <button type="button" data-bandeau-action="reload" onClick={() => location.reload()}>
              {words.reload}
            </button>
          )}
        </p>
        {/* The refusal comes last: tools that refuse for the visitor click the last one they find. */}
        <footer class="bandeau-actions">
          {answer('save', words.save, 'bandeau-save', this.#save)}
          {answer('accept-all', texts.acceptAll, 'bandeau-answer', handle.acceptAll)}
          {answer('reject-all', texts.rejectAll, 'bandeau-answer', handle.rejectAll)}
        </footer>
      </>
    );
  }
}
