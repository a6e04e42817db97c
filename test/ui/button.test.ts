import { atom } from 'nanostores';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Appearance, Surface } from '../../src/types.ts';
import { mountButton } from '../../src/ui/button.tsx';
import { PREFERENCES_TEXTS, spyHandle } from '../fixtures/stage.tsx';

const stops: (() => void)[] = [];

function show({ appearance = {}, surface = null }: { appearance?: Appearance; surface?: Surface } = {}) {
  const $surface = atom<Surface>(surface);
  const { handle, spies } = spyHandle({ $surface });
  const stop = mountButton({ handle, locale: 'fr', appearance, words: PREFERENCES_TEXTS.fr });
  stops.push(stop);
  return { $surface, spies, stop };
}

const buttons = () => document.querySelectorAll<HTMLButtonElement>('[data-bandeau-layer=button]');

/** The button, once it is there. */
const comes = () =>
  vi.waitFor(() => {
    const [button] = buttons();
    if (!button) throw new Error('not there');
    return button;
  });
const goes = () => vi.waitFor(() => expect(buttons()).toHaveLength(0));
/** Comes back when what the button had begun is done. */
const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** Adds a link of the page, first or last in it. */
function addLink(place: 'prepend' | 'append' = 'append') {
  const link = document.createElement('a');
  link.href = '#cookies';
  link.setAttribute('data-bandeau', 'preferences');
  document.body[place](link);
  return link;
}

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

describe('the floating button', () => {
  it('says what it opens, in the language of the page, and opens it', async () => {
    const { spies } = show();
    const button = await comes();
    expect(button.getAttribute('aria-label')).toBe('Gérer mes cookies');
    expect(button.title).toBe('Gérer mes cookies');
    expect(button.lang).toBe('fr');
    expect(button.textContent).toBe('');
    expect(button.querySelector('svg path')).not.toBeNull();
    expect(spies.open).not.toHaveBeenCalled();
    button.click();
    expect(spies.open).toHaveBeenCalledExactlyOnceWith('preferences');
    expect(document.activeElement).toBe(button);
  });

  it.each(['prepend', 'append'] as const)(
    'does not come where the page has a way back: %s',
    async (place) => {
      addLink(place);
      show();
      await frames();
      expect(buttons()).toHaveLength(0);
    },
  );

  it.each(['prepend', 'append'] as const)(
    'goes when a way back comes, and comes when it goes: %s',
    async (place) => {
      show();
      await comes();
      const link = addLink(place);
      await goes();
      link.removeAttribute('data-bandeau');
      await comes();
      link.setAttribute('data-bandeau', 'inline');
      await goes();
      link.remove();
      await comes();
    },
  );

  it.each(['accept', 'reject', 'declaration'])(
    'comes beside %s, which leads to no preferences',
    async (verb) => {
      addLink().setAttribute('data-bandeau', verb);
      show();
      await comes();
    },
  );

  it('is no stranger to other links and attributes of ours', async () => {
    const link = addLink();
    link.removeAttribute('data-bandeau');
    link.setAttribute('data-bandeau-held', '1');
    show();
    await comes();
  });

  it('comes back where the page replaces what its body has', async () => {
    show();
    await comes();
    document.body.replaceChildren(document.createElement('main'));
    expect(buttons()).toHaveLength(0);
    await comes();
  });

  it('hides while the banner is shown', async () => {
    const { $surface } = show({ surface: 'banner' });
    const button = await comes();
    expect(button.style.visibility).toBe('hidden');
    $surface.set(null);
    await vi.waitFor(() => expect(button.style.visibility).toBe(''));
  });

  it('is not seen while the preferences are shown, and can still take focus', async () => {
    const { $surface } = show();
    const button = await comes();
    $surface.set('preferences');
    await vi.waitFor(() => expect(button.style.opacity).toBe('0'));
    expect(button.style.visibility).toBe('');
    $surface.set(null);
    await vi.waitFor(() => expect(button.style.opacity).toBe(''));
  });

  it.each([
    [{}, false],
    [{ position: 'top start' }, false],
    [{ position: 'bottom end' }, true],
    [{ position: 'top end' }, true],
  ] as const)('stands on the side of the first layer: %o', async (appearance, isAtEnd) => {
    show({ appearance });
    expect((await comes()).hasAttribute('data-end')).toBe(isAtEnd);
  });

  it('is there once for two instances, and stays for the one that goes on', async () => {
    const first = show();
    const second = show();
    await comes();
    await frames();
    expect(buttons()).toHaveLength(1);
    first.stop();
    await comes();
    (await comes()).click();
    expect(second.spies.open).toHaveBeenCalledOnce();
  });

  it('leaves nothing behind', async () => {
    const { $surface, stop } = show();
    await comes();
    const frame = vi.spyOn(window, 'requestAnimationFrame');
    stop();
    expect(buttons()).toHaveLength(0);
    expect(document.adoptedStyleSheets).toEqual([]);
    $surface.set('banner');
    addLink().remove();
    for (const type of ['scroll', 'resize', 'focusin', 'transitionend'])
      document.dispatchEvent(new Event(type));
    await Promise.resolve();
    expect(frame).not.toHaveBeenCalled();
    frame.mockRestore();
    expect(buttons()).toHaveLength(0);
  });

  it('does not come when it is stopped before its first frame', async () => {
    show().stop();
    await frames();
    expect(buttons()).toHaveLength(0);
  });
});
