import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readJson, root } from '../lib/project.mjs';

const RULE = '='.repeat(80);
const LICENCE_FILE = /^(licen[cs]e|copying|notice|ofl|authors|mpl)/i;

const HEADER = `Third-party notices

Archipel contains the software listed here. This file is made by
scripts/third-party-notices.mjs from the lockfile and the installed packages;
npm run check compares it.`;

const ELECTRON = `The desktop application runs on Electron, which contains Chromium, Node.js and
many libraries. Their notices are in LICENSE.electron.txt and
LICENSES.chromium.html beside the application's executable.`;

const NOVNC = `noVNC is used unmodified under the Mozilla Public License 2.0. Its source code is
the npm package of the version above and https://github.com/novnc/noVNC.`;

const JPEG = `Its decoder is copyright 2011 notmasteryet, under the Apache License 2.0 (see LICENSE).`;

const NOTES = { electron: ELECTRON, '@novnc/novnc': NOVNC, 'jpeg-js': JPEG };

/** What is no package: the tables in core/keyboard are made from these. */
const DATA = [
  {
    title: `xkb-data (xkeyboard-config)
MIT and X11
https://www.freedesktop.org/wiki/Software/XKeyboardConfig/
The keyboard layouts in core/keyboard/layout-tables.ts, which names the version.`,
    file: 'scripts/notices/xkb-data.txt',
  },
  {
    title: `libX11, its Compose file
MIT and X11
https://gitlab.freedesktop.org/xorg/lib/libx11
The dead keys in core/keyboard/compose-table.ts, which names the version.`,
    file: 'scripts/notices/libx11-data.txt',
  },
];

/** The licence texts of a package, as they are. */
function licenceTexts(folder) {
  const names = readdirSync(folder).filter(
    (name) => LICENCE_FILE.test(name) && statSync(path.join(folder, name)).isFile(),
  );
  return names
    .sort()
    .filter((name) => !/\.(js|ts|json)$/.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

function sourceOf({ homepage, repository }) {
  const url = typeof repository === 'string' ? repository : repository?.url;
  return (url ?? homepage)?.replace(/^git\+/, '').replace(/\.git$/, '');
}

function readPackage(place) {
  const manifest = readJson(`${place}/package.json`);
  const { name, version, author } = manifest;
  const texts = licenceTexts(path.join(root, place));
  // Old packages have a list instead.
  const license = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' or ');
  if (license === undefined && texts.length === 0) {
    throw new Error(`${name} ${version} comes with no licence`);
  }
  const holder = typeof author === 'string' ? author : author?.name;
  // Some packages name their licence without carrying its text.
  const text =
    texts.length > 0
      ? texts.join('\n\n')
      : `Under the ${license} licence${holder === undefined ? '' : `, by ${holder}`}.`;
  const lines = [`${name} ${version}`, license, sourceOf(manifest), NOTES[name]];
  return { title: lines.filter((line) => line !== undefined).join('\n'), text };
}

/** The whole file. Packages that share a text are listed above it once. */
export function renderNotices(places) {
  const byText = new Map();
  for (const place of places) {
    const { title, text } = readPackage(place);
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const sections = [...byText].map(([text, titles]) => `${titles.join('\n\n')}\n\n${text}`);
  const data = DATA.map(({ title, file }) => {
    return `${title}\n\n${readFileSync(path.join(root, file), 'utf8').trim()}`;
  });
  return `${[HEADER, ...sections, ...data].join(`\n\n${RULE}\n\n`)}\n`;
}
