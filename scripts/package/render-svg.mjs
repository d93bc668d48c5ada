// Runs inside Electron: draws an SVG at several sizes and writes <folder>/<size>.png.
import { app, BrowserWindow } from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [source, folder, ...sizes] = process.argv.slice(process.argv.indexOf('--') + 1);

/* global Image, document -- of the page */
/** Serialised and run in the page, where the canvas is. */
async function draw(svg, size) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml;base64,${btoa(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  canvas.getContext('2d').drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1];
}

async function render() {
  const window = new BrowserWindow({ show: false });
  await window.loadURL('data:text/html,<title>icons</title>');
  const svg = readFileSync(source, 'utf8');
  for (const size of sizes) {
    const call = `(${draw})(${JSON.stringify(svg)}, ${Number(size)})`;
    const base64 = await window.webContents.executeJavaScript(call);
    writeFileSync(path.join(folder, `${size}.png`), Buffer.from(base64, 'base64'));
  }
}

app
  .whenReady()
  .then(render)
  .then(
    () => app.exit(0),
    (cause) => {
      process.stderr.write(`${cause.stack}\n`);
      app.exit(1);
    },
  );
