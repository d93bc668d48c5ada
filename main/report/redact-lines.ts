import { redactData } from '../../client/redaction.ts';

/** Each line by itself: one that cannot be read hides no other. */
export function redactLines(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [indent = ''] = /^\s*/u.exec(line) ?? [];
      return `${indent}${String(redactData(line.slice(indent.length)))}`;
    })
    .join('\n');
}
