const HTML = 'http://www.w3.org/1999/xhtml';

/**
 * Lets `make` insert style sheets though our content security policy refuses inline ones: each
 * `<style>` that it creates is an empty element whose text goes to a constructed sheet of the
 * document, as the policy allows. xterm.js makes its own while it opens and changes them later.
 */
export function withConstructedStyles(make: () => void): void {
  const create = (name: string): HTMLElement => document.createElementNS(HTML, name);
  const replaced = (name: string): HTMLElement =>
    name === 'style' ? sheetElement(create('span')) : create(name);
  Object.defineProperty(document, 'createElement', { configurable: true, value: replaced });
  try {
    make();
  } finally {
    // What is left is the prototype's own.
    Reflect.deleteProperty(document, 'createElement');
  }
}

function sheetElement(element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  element.hidden = true;
  const remove = element.remove.bind(element);
  Object.defineProperties(element, {
    textContent: { set: (text: string) => sheet.replaceSync(text) },
    remove: {
      value: () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
        remove();
      },
    },
  });
  return element;
}
