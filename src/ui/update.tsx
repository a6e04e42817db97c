/** @jsxImportSource ../lib/dom-jsx */
import { adoptStyles } from '../lib/adopt-styles.ts';
import { findBody } from '../lib/find-body.ts';
import { keepFocus } from '../lib/keep-focus.ts';
import type { UpdateProps } from './contract.ts';
import { formatDate, pick, pickUrl } from './format.ts';
import { showAbove } from './show-above.ts';
import css from './styles/update.css';

/** Tells of something and asks nothing: a small card that goes when it is closed. Returns its stop. */
export function mountUpdate(props: UpdateProps): () => void {
  const { policy, texts, locale, changes } = props;
  const dropStyles = adoptStyles(css);
  const root = document.createElement('section');
  root.lang = locale;
  root.dir = texts.direction;
  root.setAttribute('data-bandeau-root', '');
  root.setAttribute('data-bandeau-layer', 'update');
  root.setAttribute('aria-labelledby', 'bandeau-update-title');
  findBody()?.append(root);
  const stopKeeping = showAbove(root);
  const body = document.createElement('div');
  body.className = 'bandeau-body';
  // What a live region has when it comes is not told; what comes into it is (WCAG 4.1.3).
  body.setAttribute('role', 'status');
  root.append(
    body,
    <div class="bandeau-actions">
      <button type="button" class="bandeau-save" data-bandeau-action="close" onClick={props.onClose}>
        {props.close}
      </button>
    </div>,
  );
  const frame = requestAnimationFrame(() =>
    body.append(
      <h2 id="bandeau-update-title">{props.title}</h2>,
      <p>{props.text}</p>,
      ...changes.map(({ date, summary }) => (
        <p>
          <b>{formatDate(date, locale)}</b> {pick(summary, locale)}
        </p>
      )),
      <p class="bandeau-foot">
        <a href={pickUrl(policy.controller.privacyUrl, locale)}>{texts.policy}</a>
      </p>,
    ),
  );
  return () => {
    cancelAnimationFrame(frame);
    stopKeeping();
    keepFocus(() => root.remove());
    dropStyles();
  };
}
