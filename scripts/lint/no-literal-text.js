/** Refuses words written in a component's markup: they belong to the catalogue in core/messages. */
export const noLiteralText = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { literal: 'Take the words from core/messages.' },
  },
  create(context) {
    const spoken = new Set([
      'aria-label',
      'title',
      'placeholder',
      'alt',
      'label',
      'aria-description',
    ]);
    const report = (node, text) => {
      if (/\p{L}{2,}/u.test(text)) context.report({ node, messageId: 'literal' });
    };
    return {
      SvelteText(node) {
        const owner = node.parent;
        const raw = owner?.type === 'SvelteStyleElement' || owner?.type === 'SvelteScriptElement';
        if (!raw) report(node, node.value);
      },
      SvelteAttribute(node) {
        if (!spoken.has(node.key.name)) return;
        for (const part of node.value) if (part.type === 'SvelteLiteral') report(part, part.value);
      },
    };
  },
};
