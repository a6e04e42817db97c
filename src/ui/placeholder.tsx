/** @jsxImportSource ../lib/dom-jsx */
import type { PlaceholderProps } from './contract.ts';
import { describeCategory, fill, pick, pickUrl } from './format.ts';

/** Address of the embed itself, for who would rather go there. */
function sourceOf(element: HTMLElement): URL | undefined {
  try {
    const url = new URL(pickUrl(element.dataset['src'] ?? element.dataset['data'], ''), document.baseURI);
    return url.origin === location.origin || !url.host ? undefined : url;
  } catch {
    return undefined;
  }
}

/**
 * What a visitor sees in the place of a held embed: whose it is, what for, and two ways to load it. Nothing in
 * it comes from the provider (R54).
 * @param id the service that decides, or the category where the mark names no service
 */
export function drawPlaceholder(props: PlaceholderProps, element: HTMLElement, id: string): HTMLElement {
  const { policy, handle, texts, words, locale, reloads } = props;
  const service = policy.services.find((one) => one.id === id);
  const category = describeCategory(policy, id, texts, locale);
  const name = service ? service.name || service.vendor.name : category.title;
  const source = sourceOf(element);
  const vendor = service?.vendor.name ?? source?.host ?? name;
  const button = (action: string, text: string, onClick: () => void) => (
    <button
      type="button"
      class="bandeau-answer"
      data-bandeau-action={action}
      onClick={(event: Event) => {
        // The embed may stand in a link.
        event.preventDefault();
        onClick();
      }}
    >
      {text}
    </button>
  );
  return (
    <section
      data-bandeau-root
      data-bandeau-layer="placeholder"
      aria-label={element.title || name}
      lang={locale}
      dir={texts.direction}
    >
      <p>
        <b>{name}</b> {service ? pick(service.purpose, locale) : category.description}
      </p>
      <div class="bandeau-actions">
        {/* Under a strict shield the browser refuses it in this page, whoever lets it. */}
        {!reloads && button('load-once', words.loadOnce, () => handle.loadOnce(element))}
        {button('always-allow', fill(words.alwaysAllow, { name }), () => handle.save({ [id]: 'granted' }))}
      </div>
      <p class="bandeau-foot">
        {fill(words.text, { vendor })}
        {source && ' '}
        {source && (
          <a href={source.href} target="_blank" rel="noopener noreferrer">
            {fill(words.source, { host: source.host })}
          </a>
        )}
      </p>
    </section>
  ) as HTMLElement;
}
