import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** In one file, because many small ones cannot be made as small as one: 1.6 KB of the room's weight, 2.5 KB of the whole. */
const onEveryScreen = new RegExp(
  [
    'node_modules/(react|react-dom|scheduler|zod|wouter|tinykeys)/',
    'web/src/(ui/(button|preference|time)|store/device|severity/severity-badge)\\.tsx?$',
    'libs/war-room-protocol/(announcements|events|goes-on|hand-over|mirrors|roles|vocabulary|waiting)\\.ts$',
  ].join('|'),
);

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [react()],
  resolve: {
    alias: [{ find: /^#libs\/(.*)$/, replacement: `${repository}libs/$1.ts` }],
  },
  build: {
    outDir: `${repository}dist/web`,
    emptyOutDir: true,
    manifest: true,
    // Every browser the page is made for knows it by itself.
    modulePreload: { polyfill: false },
    // An inlined file would be a data: address, which the page's content security policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: 'base', test: onEveryScreen }] } } },
    // In one file that comes with the page: Vite asks once for a part's style, so the next try of a part that failed to load has none.
    cssCodeSplit: false,
    // Newer than Vite's default, so that light-dark() is left as it is written.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/pretend': 'http://127.0.0.1:3000' } },
});
