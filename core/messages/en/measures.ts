const CAUSES: Readonly<Record<string, string>> = {
  login: 'Logging in',
  details: 'Details of entities',
  permissions: 'Own permissions',
  query: 'Panels that were looked at',
  push: 'Changes that were announced',
  poll: 'Panels on older agents, again and again',
  command: 'Commands',
  reconcile: 'Outcomes that were unknown',
  raw: 'Stanzas sent by hand',
  other: 'Keep-alive, acknowledgements, answers',
};

const PHASES: Readonly<Record<string, string>> = {
  process: 'Start: process is up',
  window: 'Start: window is made',
  roster: 'Start: roster is shown',
  session: 'Start: account is online',
};

const NAMES: Readonly<Record<string, string>> = {
  'long-task': 'Window was busy',
  'event-loop': 'Application was busy',
};

/** What the application measured in itself: the developer view. */
export const measures = {
  list: 'Measures',
  measure: 'Measure',
  time: 'When',
  took: 'Took',
  none: 'Nothing took long.',
  stanzasSent: 'Stanzas sent',
  count: 'Count',
  cause: (cause: string) => CAUSES[cause] ?? cause,
  name: (kind: 'phase' | 'long-task' | 'event-loop', name: string) =>
    NAMES[kind] ?? PHASES[name] ?? name,
};
