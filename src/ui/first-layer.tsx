/** @jsxImportSource ../lib/dom-jsx */
import { adoptStyles } from '../lib/adopt-styles.ts';
import { findBody } from '../lib/find-body.ts';
import { keepFocus } from '../lib/keep-focus.ts';
import type { InterfaceProps, Mounted } from './contract.ts';
import { describeVersion, fill, formatList, formatMonths, pickUrl, plural } from './format.ts';
import { showAbove } from './show-above.ts';
import { announce } from './status.ts';
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
  more = '',
): Mounted {
  const { appearance, arrange, takesFocus } = given;
  const dropStyles = adoptStyles(css + more);
  const root = document.createElement(appearance.modal ? 'dialog' : 'section');
  const focus = (action: string | null | undefined) =>
    action && root.querySelector<HTMLElement>(`[data-bandeau-action=${action}]`)?.focus();

  const update = (props: InterfaceProps) => {
    const layer = describe(props);
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    root.lang = props.locale;
    root.dir = props.texts.direction;
    root.replaceChildren(...draw(props, layer));
    focus(focused?.getAttribute('data-bandeau-action'));
    announce(props, takesFocus || appearance.modal || root.isConnected ? '' : layer.title);
  };

  root.setAttribute('data-bandeau-root', '');
  root.setAttribute('data-bandeau-layer', 'banner');
  root.setAttribute('aria-labelledby', 'bandeau-title');
  update(given);
  // First in the page, so that keyboards and screen readers meet it first; focus stays where it is.
  findBody()?.prepend(root);
  const stops = [dropStyles, arrange?.(root, given), appearance.modal ? undefined : showAbove(root)];
  if (takesFocus) focus('customize');
  return {
    update,
    stop() {
      keepFocus(() => root.remove());
      for (const stop of stops) stop?.();
    },
  };
}

const draw = (props: InterfaceProps, layer: FirstLayer) => {
  const { handle, texts } = props;
  const button = (
    kind: string,
    action: string,
    text: string,
    onClick: () => void,
    prepare?: (() => void) | undefined,
  ) => (
    <button
      type="button"
      class={`bandeau-${kind}`}
      data-bandeau-action={action}
      onClick={onClick}
      onPointerover={prepare}
      onFocus={prepare}
    >
      {text}
    </button>
  );
  const deeper = (action: string, text: string) =>
    button('quiet', action, text, () => handle.open('preferences'), props.prepare);
  return [
    <div class="bandeau-body">
      <h2 id="bandeau-title">{layer.title}</h2>
      {layer.body}
      {props.reloads && <p>{texts.reloads}</p>}
      {props.accountScope && <p>{props.accountScope}</p>}
      <p class="bandeau-foot">
        {drawFoot(props)}
        {deeper('partners', countPartners(props))}
      </p>
    </div>,
    <div class="bandeau-actions">
      {button('answer', 'reject-all', layer.reject, layer.onReject)}
      {button('answer', 'accept-all', layer.accept, layer.onAccept)}
      {deeper('customize', texts.customize)}
    </div>,
  ];
};

const drawFoot = ({ policy, texts, locale }: InterfaceProps) => {
  const { controller, scope, lifetimeMonths } = policy;
  const names = [controller, ...(controller.jointControllers ?? [])].map(({ name }) => name);
  return [
    plural(texts.controller, names.length, locale, { names: formatList(names, locale) }),
    scope.sites[1] && ` · ${fill(texts.sites, { names: formatList(scope.sites, locale) })}`,
    <br />,
    <a href={pickUrl(controller.privacyUrl, locale)}>{texts.policy}</a>,
    ` · ${describeVersion(policy, texts, locale)}`,
    <br />,
    fill(texts.kept, { duration: formatMonths(lifetimeMonths, texts, locale) }),
    ' · ',
  ];
};

/** R7: how many companies stand behind what is asked. */
const countPartners = ({ policy, texts, locale }: InterfaceProps) => {
  const vendors = policy.services.map(({ id, vendor }) => (policy.isRequired(id) ? '' : vendor.name));
  return plural(texts.partners, new Set(vendors.filter(Boolean)).size, locale);
};
