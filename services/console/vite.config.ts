import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { outlinePlugin } from './build/outline.ts';

/** Where a gateway answers while this is developed. */
const GATEWAY = process.env.MUSTER_GATEWAY_URL ?? 'http://127.0.0.1:8080';

/** What the gateway answers itself. */
const PROXIED = ['/v1', '/auth', '/openapi.json', '/docs'];

export default defineConfig({
  plugins: [react(), outlinePlugin()],
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(PROXIED.map((path) => [path, { target: GATEWAY }])),
  },
  build: {
    target: 'es2023',
    // Inlined files would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  css: {
    // GOV.UK Frontend has a media query for one old browser that is no valid CSS.
    lightningcss: { errorRecovery: true },
    preprocessorOptions: { scss: { loadPaths: [import.meta.dirname], quietDeps: true } },
  },
});
