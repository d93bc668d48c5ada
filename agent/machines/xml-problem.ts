import type { XmlError } from '../../core/xml/xml-error.ts';

/** A problem of a document with its place, as text for a log or an answer. */
export function positionedProblem(error: XmlError): string {
  return `line ${error.line}, column ${error.column}: ${error.code}`;
}
