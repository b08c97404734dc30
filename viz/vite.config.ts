/** Builds the viewer into dist/viz: static files that need no server of their own and pass a strict policy. */

import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** Nothing but what the page ships: no inline code, no evaluation, no other host. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types gradpath-worker',
].join('; ');

/** For servers that can set headers; a meta element cannot say who may frame the page. */
export const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The policy in the page itself, for hosts that serve files and no headers. Development needs inline scripts. */
const policyInPage: Plugin = {
  name: 'gradpath-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

/**
 * `long`, beneath tfjs, tries WebAssembly and falls back on JavaScript when that throws. The policy forbids
 * WebAssembly and reports the attempt; so it is not made.
 */
const withoutWasm: Plugin = {
  name: 'gradpath-long-without-wasm',
  transform: (code, id) =>
    /[\\/]node_modules[\\/]long[\\/]/.test(id) ? code.replaceAll('WebAssembly', '({})') : undefined,
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [policyInPage, withoutWasm],
  build: {
    outDir: fileURLToPath(new URL('../dist/viz', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
  // examples are chunks of their own in the worker too
  worker: { format: 'es', plugins: () => [withoutWasm] },
  preview: { headers },
});
