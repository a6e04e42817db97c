/** @jsxImportSource ../lib/dom-jsx */
import { adoptStyles } from '../lib/adopt-styles.ts';
import { keepFocus } from '../lib/keep-focus.ts';
import type { InterfaceProps, Mounted } from './contract.ts';
import { describeVersion, fill, formatDuration, formatList, pickUrl, plural } from './format.ts';
import css from './styles/banner.css';

/** What differs between the banner and the notice of a change. */
export interface FirstLayer {
  readonly title: string;
  readonly body: Node;
  readonly reject: string;
  readonly accept: string;
  readonly onReject: () => void;
  readonly onAccept: () => void;
}

/** Shows a first layer: who asks, what, and three answers in one click each. */
export function mountFirstLayer(
  given: InterfaceProps,
  describe: (props: InterfaceProps) => FirstLayer,
): Mounted {
  const dropStyles = adoptStyles(css);
  let root = draw(given, describe(given)) as HTMLElement;
  // First in the page, so that keyboards and screen readers meet it first; focus stays where it is.
  document.body.prepend(root);
  if (given.takesFocus) root.querySelector<HTMLElement>('[data-bandeau-action=customize]')?.focus();
  return {
    update(props) {
      const next = draw(props, describe(props)) as HTMLElement;
      const action =
        root.contains(document.activeElement) && document.activeElement?.getAttribute('data-bandeau-action');
      root.replaceWith(next);
      root = next;
      if (action) root.querySelector<HTMLElement>(`[data-bandeau-action=${action}]`)?.focus();
    },
    stop() {
      keepFocus(() => root.remove());
      dropStyles();
    },
  };
}

const draw = (props: InterfaceProps, layer: FirstLayer) => {
  const { handle, texts, locale } = props;
  const button = (kind: string, action: string, text: string, onClick: () => void) => (
    <button type="button" class={`bandeau-${kind}`} data-bandeau-action={action} onClick={onClick}>
      {text}
    </button>
  );
  const openPreferences = () => handle.open('preferences');
  return (
    <section
      data-bandeau-root
      data-bandeau-layer="banner"
      aria-labelledby="bandeau-title"
      lang={locale}
      dir={texts.direction}
    >
      <div class="bandeau-body">
        <h2 id="bandeau-title">{layer.title}</h2>
        {layer.body}
        {props.reloads && <p>{props.texts.reloads}</p>}
        <p class="bandeau-foot">
          {drawFoot(props)}
          {button('quiet', 'partners', countPartners(props), openPreferences)}
        </p>
      </div>
      <div class="bandeau-actions">
        {button('answer', 'reject-all', layer.reject, layer.onReject)}
        {button('answer', 'accept-all', layer.accept, layer.onAccept)}
        {button('quiet', 'customize', texts.customize, openPreferences)}
      </div>
    </section>
  );
};

const drawFoot = ({ policy, texts, locale }: InterfaceProps) => {
  const { controller, scope, lifetimeMonths } = policy;
  const names = [controller, ...(controller.jointControllers ?? [])].map(({ name }) => name);
  return [
    plural(texts.controller, names.length, locale, { names: formatList(names, locale) }),
    scope.sites[1] && ` · ${fill(texts.sites, { names: formatList(scope.sites, locale) })}`,
    <br />,
    <a href={pickUrl(controller.privacyUrl, locale)}>{texts.policy}</a>,
    ` · ${describeVersion(policy, texts, locale)} · `,
    fill(texts.kept, { duration: formatDuration(lifetimeMonths, 'month', locale) }),
    // The dot goes to the next line with what follows it.
    ' ·\u00a0',
  ];
};

/** R7: how many companies stand behind what is asked. */
const countPartners = ({ policy, texts, locale }: InterfaceProps) => {
  const vendors = policy.services.map(({ id, vendor }) => (policy.isRequired(id) ? '' : vendor.name));
  return plural(texts.partners, new Set(vendors.filter(Boolean)).size, locale);
};
