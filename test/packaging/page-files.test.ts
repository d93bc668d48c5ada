import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const RENDERER = path.join(process.cwd(), 'out/renderer');
const ASSETS = path.join(RENDERER, 'assets');

const read = (...parts: readonly string[]): string =>
  readFileSync(path.join(...parts), { encoding: 'utf8' });
/** What a page loads before it runs, without its hashes. */
function startOf(page: string): readonly string[] {
  const files = [
    ...read(RENDERER, `${page}.html`).matchAll(/(?:src|href)="\.\/assets\/([^"]+)"/gu),
  ];
  return files.map(([, file = '']) => file.replace(/-[\w-]{8}\./u, '.')).toSorted();
}

describe('the files of a page', () => {
  it.each(['index', 'confirm'])('of %s are its own and those that it shares', (page) => {
    const own = [`${page}.css`, `${page}.js`, 'shared.css', 'shared.js'];
    expect(startOf(page)).toEqual(own.toSorted());
  });

  it('never start another page', () => {
    const scripts = readdirSync(ASSETS).filter((file) => file.endsWith('.js'));
    const confirm = scripts.find((file) => file.startsWith('confirm-')) ?? 'none';
    expect(scripts.filter((file) => read(ASSETS, file).includes(`./${confirm}`))).toEqual([]);
  });
});
