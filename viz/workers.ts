/** The addresses of the page's workers. Under Trusted Types these come from a policy, which knows no others. */

import layout from 'elkjs/lib/elk-worker.min.js?url';
import check from './check/worker.ts?worker&url';
import study from './study/worker.ts?worker&url';

const urls = { check, layout, study };

interface TrustedTypeFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (name: string) => string },
  ): { createScriptURL(name: string): unknown };
}
let policy: ReturnType<TrustedTypeFactory['createPolicy']> | undefined;

export function trustedUrl(name: keyof typeof urls): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypeFactory }).trustedTypes;
  if (factory === undefined) return urls[name];
  policy ??= factory.createPolicy('gradpath-worker', {
    createScriptURL: (asked) => {
      if (!Object.hasOwn(urls, asked)) throw new TypeError(`there is no worker ${asked}`);
      return urls[asked as keyof typeof urls];
    },
  });
  return policy.createScriptURL(name) as string;
}
