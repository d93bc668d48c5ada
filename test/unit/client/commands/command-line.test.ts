import { expect, it } from 'vitest';
import { commandLine } from '../../../../client/commands/command-line.ts';

it('writes a command as it would be typed', () => {
  const input = { name: "it's new", groups: ['a b', 'c'], certain: true, unit: '', kib: 1024 };
  expect(commandLine('contact.add', ['rack1@example.org'], input)).toBe(
    `archipel contact.add rack1@example.org --name 'it'\\''s new' --groups 'a b' --groups c --certain --kib 1024`,
  );
});
