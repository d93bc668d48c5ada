import { app, clipboard, shell } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { AppFacts } from '../../core/contract/app.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { Failure } from '../../core/contract/explanation.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { Measures } from '../measures/measures.ts';
import type { DemoProcess } from '../processes/demo-process.ts';
import { redactLines } from '../report/redact-lines.ts';
import { stanzaFixture } from '../report/stanza-fixture.ts';

export interface AppParts {
  readonly demo: DemoProcess;
  readonly measures: Measures;
  readonly prepareReport: (failure: Failure | undefined) => Promise<string>;
  /** Writes a text to a file of the user's choice. */
  readonly saveText: (text: string, name: string) => ReturnType<AppHandlers['app']['saveReport']>;
}

/** The pages of the product's own that may be opened in a browser, and no others. */
const PAGES = {
  documentation: `${manifest.homepage}/docs`,
  changes: `${manifest.homepage}/changes`,
  support: `${manifest.homepage}/support`,
} as const;

export function appHandlers({
  demo,
  measures,
  prepareReport,
  saveText,
}: AppParts): AppHandlers['app'] {
  return {
    facts: async () => ok(await facts()),
    startDemo: async () => demo.start(),
    stopDemo: async () => {
      demo.stop();
      return ok(undefined);
    },
    demo: async () => ok(demo.state),
    open: async ({ destination }) => {
      if (destination === 'profile-folder') {
        const address = app.getPath('userData');
        const failure = await shell.openPath(address);
        return failure === ''
          ? ok({ address, opened: true })
          : err({ code: 'not-found', what: failure });
      }
      const address = PAGES[destination];
      const opened = await shell.openExternal(address).then(
        () => true,
        () => false,
      );
      return ok({ address, opened });
    },
    prepareReport: async ({ failure }) => ok(await prepareReport(failure)),
    saveReport: async ({ text }) => saveText(redactLines(text), 'archipel-report.md'),
    saveFixture: async (material) => saveText(stanzaFixture(material), 'stanzas.xml'),
    saveTable: async ({ name, csv }) => saveText(csv, tableName(name)),
    copy: async ({ text }) => {
      await clipboard.writeText(text);
      return ok(undefined);
    },
    measured: async ({ kind, name, milliseconds }) => {
      if (kind === 'phase') measures.phase(name);
      else measures.note(kind, name, milliseconds);
      return ok(undefined);
    },
    measures: async () => ok(measures.list()),
  };
}

/** The versions of this build and what it runs on. */
export async function facts(): Promise<AppFacts> {
  const { electron, chrome, node } = process.versions;
  return {
    version: app.getVersion(),
    electron: electron,
    chromium: chrome,
    node,
    platform: `${process.platform} ${process.arch}`,
    components: componentsOf(manifest),
    withoutSandbox: app.commandLine.hasSwitch('no-sandbox'),
    changes: await changes(),
    profile: app.getPath('userData'),
  };
}

/** The parts that end up in what users run; tools of the build are left out. */
const SHIPPED = ['svelte', 'dockview', 'bits-ui', '@lucide/svelte'] as const;

function componentsOf({ dependencies, devDependencies }: typeof manifest): AppFacts['components'] {
  const shipped = SHIPPED.map((name) => [name, devDependencies[name]] as const);
  return [...Object.entries(dependencies), ...shipped]
    .map(([name, version]) => ({ name, version }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

async function changes(): Promise<string> {
  try {
    return await readFile(path.join(app.getAppPath(), 'CHANGELOG.md'), 'utf8');
  } catch {
    // A build without the file still has the rest of the About panel.
    return '';
  }
}

/** A name that every file system takes. */
function tableName(name: string): string {
  return `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100) || 'table'}.csv`;
}
