import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where every page of ours comes from. */
export const appOrigin = 'app://archipel';

const rendererFolder = path.join(import.meta.dirname, '../renderer');

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // The docking layout places its parts by style attributes.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Makes `app:` a secure origin with relative links; must run before Electron is ready. */
export function registerAppScheme(): void {
  const privileges = {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    // V8 keeps what it compiled of the pages' scripts from one start to the next.
    codeCache: true,
  };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** The file a page asks for, or nothing when it is not one of the renderer's. */
function rendererFile(url: string, folder: string): string | undefined {
  const { origin, host, pathname } = new URL(url);
  // Outside Chromium a scheme of one's own has the origin "null".
  if (origin !== appOrigin && `app://${host}` !== appOrigin) return undefined;
  const file = path.join(folder, decodeURIComponent(pathname));
  return file.startsWith(folder + path.sep) ? file : undefined;
}

type Avatars = (hash: string) => Promise<Uint8Array | undefined>;

const AVATAR = /^\/avatar\/([0-9a-f]{1,128})\.png$/u;
const NOTHING = { status: 404 };

/** Serves the built renderer, and the avatars by their hash, to the pages of a session. */
export function serveRenderer(session: Session, avatars: Avatars): void {
  session.protocol.handle('app', async ({ url }) => {
    const hash = AVATAR.exec(new URL(url).pathname)?.[1];
    return hash === undefined ? answerFile(url) : answerAvatar(await avatars(hash));
  });
}

async function answerFile(url: string): Promise<Response> {
  const file = rendererFile(url, rendererFolder);
  const type = file === undefined ? undefined : MEDIA_TYPES[path.extname(file)];
  if (file === undefined || type === undefined) return new Response(null, NOTHING);
  try {
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'X-Content-Type-Options': 'nosniff',
      },
    });
  } catch {
    // A missing file is the only thing that can be wrong with a path inside our own folder.
    return new Response(null, NOTHING);
  }
}

/** A PNG of our making. */
function answerAvatar(picture: Uint8Array | undefined): Response {
  if (!picture) return new Response(null, NOTHING);
  return new Response(new Uint8Array(picture), {
    headers: {
      'Content-Type': 'image/png',
      'Cache-Control': 'max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
