const RULE = /^((?:<\w+>\s*)+):\s*"((?:[^"\\]|\\.)*)"/u;

/**
 * The rules of a Compose file (Compose(5)) that begin with a dead key, without those of a Compose key.
 * @returns {readonly { names: readonly string[], result: string }[]} later rules win over earlier ones
 */
export function parseCompose(text) {
  return text.split('\n').flatMap((line) => {
    const rule = RULE.exec(line);
    if (!rule) return [];
    const names = [...rule[1].matchAll(/<(\w+)>/gu)].map(([, name]) => name);
    if (!names[0].startsWith('dead_') || names.includes('Multi_key')) return [];
    return [{ names, result: rule[2].replaceAll(/\\(.)/gu, '$1') }];
  });
}
