import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';

const source = createRequire(import.meta.url).resolve('@novnc/novnc');
const folder = path.join(path.dirname(source), '..');

it('touches members of noVNC that this very version has', () => {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(version).toBe('1.7.0');
  const text = readFileSync(source, 'utf8');
  const members = [
    ...['this._canvas = document.createElement', 'this._display = new Display('],
    ...['    _updateScale() {', '    _fixScrollbars() {', 'this._display.scale = 1.0;'],
    ...['    _screenSize() {', '    _requestRemoteResize() {', 'this._FBU = {'],
    ...[
      '    _handleExtendedDesktopSize() {',
      '    _handleDataRect() {',
      'this._supportsSetDesktopSize = true;',
    ],
    ...['this._clipboardText = null;', 'this._clipboardServerCapabilitiesActions = {};'],
    ...['this._clipboardServerCapabilitiesFormats[index] = true;', '"clipboard",'],
  ];
  expect(members.filter((member) => !text.includes(member))).toEqual([]);
});
