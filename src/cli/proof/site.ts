import { createHash } from 'node:crypto';
import type { BrowserContext, Route } from 'playwright-core';
import type { NormalizedPolicy } from '../../policy/normalize.ts';
import { barePage, type PageLook } from './bare-page.ts';
import type { Manifest } from './manifest.ts';

/** A policy as it is served, and as it is read. */
export interface ServedPolicy {
  readonly json: string;
  readonly policy: NormalizedPolicy;
}

/** The pages that are pictured. They are given to the browser before it asks the network, which it has none of. */
export interface ProofSite {
  /** The page; with `?embeds` it has embeds, with `?previous` the policy of before. */
  readonly origin: string;
  /** Answers every request of a context. */
  serve(context: BrowserContext, locale: string): Promise<void>;
  /** What of the built files was asked for so far, by name. */
  files(): Manifest['files'];
}

/**
 * A made-up site under the name of the real one, so that a cookie for a parent domain can be written as it is there.
 * @param readBuilt throws where there is no such file
 */
export function createSite(
  now: ServedPolicy,
  previous: ServedPolicy | undefined,
  look: PageLook,
  readBuilt: (name: string) => string,
): ProofSite {
  const { cookieDomain, sites } = now.policy.scope;
  const host = cookieDomain && cookieDomain !== 'auto' ? cookieDomain : (sites[0] ?? 'localhost');
  const origin = `https://${host}`;
  const hashes = new Map<string, string>();

  const built = (name: string) => {
    const text = readBuilt(name);
    hashes.set(name, `sha384-${createHash('sha384').update(text).digest('base64')}`);
    return text;
  };
  const answer = async (route: Route, locale: string) => {
    const url = new URL(route.request().url());
    const fulfill = (contentType: string, body: string) => route.fulfill({ contentType, body });
    const [, name] = /^\/bandeau\/((?:[\w-]+\/)*[\w.-]+\.js)$/.exec(url.pathname) ?? [];
    if (url.origin !== origin) return route.abort('blockedbyclient');
    if (name) return fulfill('text/javascript; charset=utf-8', built(name));
    switch (url.pathname) {
      case '/': {
        const isPrevious = url.searchParams.has('previous');
        const policyUrl = isPrevious ? '/previous.json' : '/policy.json';
        const hasEmbeds = url.searchParams.has('embeds');
        const policy = isPrevious && previous ? previous.policy : now.policy;
        return fulfill('text/html; charset=utf-8', barePage(policy, locale, look, { policyUrl, hasEmbeds }));
      }
      case '/policy.json':
        return fulfill('application/json', now.json);
      case '/previous.json':
        return fulfill('application/json', previous?.json ?? '');
      case '/style.css':
        return fulfill('text/css; charset=utf-8', look.style);
      default:
        return route.fulfill({ status: 404 });
    }
  };

  return {
    origin,
    async serve(context, locale) {
      await context.route('**/*', async (route) => {
        try {
          await answer(route, locale);
        } catch {
          // A part of the build that is not there: what it would draw is missed.
          await route.abort().catch(() => {});
        }
      });
    },
    files: () =>
      [...hashes]
        .map(([file, integrity]) => ({ file, integrity }))
        .sort((one, other) => (one.file < other.file ? -1 : 1)),
  };
}
