import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { FILM } from '../../../scripts/screens/film.mjs';
import { SCENES } from '../../../scripts/screens/scenes.mjs';

const PAGES = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];
const PICTURE =
  /!\[[^\]]*\]\((?<file>[^)\s]+)\)|<(?:img|source)[^>]+src(?:set)?="(?<other>[^"]+)"/gu;

/** The files that a page shows, from the root of the repository. */
function picturesOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(PICTURE)]
    .map(({ groups }) => groups?.['file'] ?? groups?.['other'] ?? '')
    .filter((file) => !/^[a-z]+:/u.test(file))
    .map((file) => path.join(path.dirname(page), file));
}

it('every picture that a page shows is there', () => {
  const shown = PAGES.flatMap(picturesOf);
  expect(shown).toContain('docs/screens/main-light.png');
  expect(shown.filter((file) => !existsSync(file))).toEqual([]);
});

it('every picture is one that npm run screens takes, in both themes, or its film', () => {
  const taken = SCENES.flatMap(({ name }) => ['dark', 'light'].map((theme) => `${name}-${theme}`));
  const kept = readdirSync('docs/screens').map((file) => path.basename(file, '.png'));
  expect(kept.sort()).toEqual([...taken, FILM].sort());
});
