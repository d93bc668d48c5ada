/** As people write it: what OpenSSL calls `TLSv1.3` is TLS 1.3. */
export function tlsVersion(name: string): string {
  return name.replace(/^TLSv(?=\d)/u, 'TLS ');
}

/** What a connection is worth, in one line; a transport that is secure in itself has no version of TLS. */
export function connectionFacts(host: string, tls: string, mechanism: string): string {
  return [host, tlsVersion(tls), mechanism].filter((fact) => fact !== '').join(', ');
}
