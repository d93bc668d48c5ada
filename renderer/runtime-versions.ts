/** The versions that draw this page. */
export interface RuntimeVersions {
  readonly electron: string;
  readonly chrome: string;
}

declare global {
  interface Window {
    readonly archipelRuntime: RuntimeVersions;
  }
}

/** The runtime in one line, by the names its makers give it. */
export function describeRuntime({ electron, chrome }: RuntimeVersions): string {
  return `Electron ${electron} · Chromium ${chrome}`;
}
