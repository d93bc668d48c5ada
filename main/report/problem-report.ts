import type { Account, ConnectionState } from '../../core/contract/accounts.ts';
import type { AppFacts, Measure } from '../../core/contract/app.ts';
import type { Explanation, Failure } from '../../core/contract/explanation.ts';
import type { Notice } from '../../core/contract/notices.ts';
import type { Run } from '../../core/contract/runs.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { Order } from '../../client/client.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import { describeFleet, describeSpelling } from './fleet-report.ts';

const LAST_RUNS = 10;
const LAST_ORDERS = 20;
const LAST_STANZAS = 50;
const LAST_NOTICES = 50;

export interface ReportMaterial {
  readonly facts: AppFacts;
  readonly accounts: readonly Account[];
  readonly entities: readonly Entity[];
  readonly runs: readonly Run[];
  readonly orders: readonly Order[];
  readonly notices: readonly Notice[];
  readonly measures: readonly Measure[];
  /** How many stanzas were sent, by what caused them. */
  readonly stanzaCounts: Readonly<Record<string, number>>;
  /** Already masked where they were recorded; the oldest first. */
  readonly stanzas: readonly StanzaRecord[];
  readonly bugs: readonly string[];
  /** What it is about, where something went wrong. */
  readonly failure?: Failure | undefined;
  readonly explanation?: Explanation | undefined;
}

/**
 * The five points that whoever helps asks for, each with its evidence, for a person to read and change
 * before giving it to anybody; it is never sent by itself.
 */
export function problemReport(material: ReportMaterial): string {
  const { facts, accounts, entities, bugs, measures, stanzaCounts } = material;
  const versions = { ...facts, changes: undefined, profile: undefined };
  return [
    ...(material.failure ? [section('What went wrong', whatWentWrong(material))] : []),
    section('1. The log', lines([...logLines(material), ...noticeLines(material)])),
    section('2. Faults and stanzas', lines([...bugs, ...stanzaLines(material)])),
    section('3. The network', lines(accounts.map(describeAccount))),
    section('4. Spelling', lines(describeSpelling(entities))),
    section('5. A simple test', lines(simpleTest(material))),
    section('What was done last', lines([...orderLines(material), ...runLines(material)])),
    section('Agents', lines(describeFleet(entities))),
    section('Versions', JSON.stringify(versions, undefined, 2)),
    section(
      'Measures',
      lines(measures.map((one) => `${one.kind} ${one.name} ${one.milliseconds} ms`)),
    ),
    section(
      'Stanzas sent, by cause',
      lines(Object.entries(stanzaCounts).map(([cause, count]) => `${cause} ${count}`)),
    ),
    '',
  ].join('\n\n');
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

function lines(all: readonly string[]): string {
  return all.length === 0 ? '(none)' : all.map((line) => `    ${line}`).join('\n');
}

function time(at: number): string {
  return new Date(at).toISOString();
}

function whatWentWrong({ failure, explanation }: ReportMaterial): string {
  if (!failure) return '';
  const { title, hint } = describeError(failure.error);
  const { entity, action, module, permission } = explanation ?? {};
  return lines([
    `${title} ${hint}`,
    ...(failure.at === undefined ? [] : [`at ${time(failure.at)}`]),
    ...(entity ? [`on ${entity.jid}`] : []),
    ...(action ? [`${action.namespace} → ${action.name}`] : []),
    ...(module ? [`module ${module.id}: ${module.state} ${module.reason ?? ''}`.trim()] : []),
    ...(permission ? [`permission ${permission.name}`] : []),
  ]);
}

function logLines({ explanation }: ReportMaterial): readonly string[] {
  const { hypervisor = '', lines: said = [] } = explanation?.log ?? {};
  return said.map((line) => `${hypervisor}: ${line}`);
}

function noticeLines({ notices }: ReportMaterial): readonly string[] {
  return notices
    .slice(-LAST_NOTICES)
    .map(({ at, level, title }) => `${time(at)} ${level}: ${title}`);
}

/** Those around the moment it is about, else the last. */
function stanzaLines({ stanzas, failure, explanation }: ReportMaterial): readonly string[] {
  const at = explanation?.answer?.at ?? explanation?.request?.at ?? failure?.at ?? Infinity;
  const last = stanzas.findLastIndex((one) => one.at <= at);
  const end = Math.min(stanzas.length, last + 1 + LAST_STANZAS / 2);
  const around = stanzas.slice(Math.max(0, end - LAST_STANZAS), end);
  return around.map(
    (one) => `${time(one.at)} ${one.direction} ${one.xml.replaceAll(/\s+/gu, ' ')}`,
  );
}

function describeAccount({ settings, connection }: Account): string {
  const { jid, endpoint } = settings;
  const server = endpoint ? ` through ${endpoint.host}:${endpoint.port}` : '';
  return `${jid}${server}: ${connection.name}${aboutConnection(connection)}`;
}

function aboutConnection(connection: ConnectionState): string {
  if (connection.name === 'online') {
    const { host, tls, cipher, mechanism } = connection.facts;
    return `, ${host}, ${tls}, ${cipher}, ${mechanism}, since ${time(connection.since)}`;
  }
  return 'error' in connection ? `, ${describeError(connection.error).title}` : '';
}

/** Whether a question went out and was answered is what a simple test would show. */
function simpleTest({ accounts, stanzas }: ReportMaterial): readonly string[] {
  return accounts.map(({ settings: { jid } }) => {
    const answer = stanzas.findLast(({ account, answers, type }) => {
      return account === jid && answers !== undefined && type === 'result';
    });
    if (!answer?.answers) return `${jid}: no request was answered lately`;
    const { peer, answers } = answer;
    return `${jid}: ${peer} answered in ${answers.milliseconds} ms at ${time(answer.at)}`;
  });
}

function orderLines({ orders }: ReportMaterial): readonly string[] {
  return orders.slice(-LAST_ORDERS).map(({ sentAt, jid, namespace, action, state, error }) => {
    const why = error ? `, ${describeError(error).title}` : '';
    return `${time(sentAt)} ${namespace} → ${action} to ${jid}: ${state}${why}`;
  });
}

function runLines({ runs }: ReportMaterial): readonly string[] {
  return runs.slice(-LAST_RUNS).map(({ command, startedAt, items }) => {
    const outcomes = items.map(({ entityName, state }) => `${entityName} ${state.name}`);
    return `${time(startedAt)} ${command}: ${outcomes.join(', ')}`;
  });
}
